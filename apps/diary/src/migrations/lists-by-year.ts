import { Migration } from '@mikro-orm/migrations';
import { enableRowLevelSecurity } from '@parta/platform-persistence';

/**
 * A group has one list of lessons for each academic year, and the newest version of each counts. The table of one list
 * for each group, which the version before writes, stays until no version knows it. A
 * mark and an absence know their study group, whatever its subject is called later; the group of those stored before is
 * that of their lesson.
 */
export class DiaryListsByYear extends Migration {
  override up(): void {
    this.addSql(`create table lessons_of_years (
      school_id uuid not null, group_id uuid not null, academic_year_id uuid not null, version int not null,
      primary key (school_id, group_id, academic_year_id)
    )`);
    for (const statement of enableRowLevelSecurity('diary', 'lessons_of_years')) this.addSql(statement);
    for (const table of ['marks', 'attendance']) this.addSql(`alter table ${table} add column group_id uuid`);
  }
}
