import { Migration } from '@mikro-orm/migrations';
import { enableRowLevelSecurity } from '@parta/platform-persistence';

/**
 * A group has one list of lessons for each academic year, and the newest version of each counts. The table of one list
 * for each group, which the version before writes, stays until no version knows it.
 */
export class JournalListsByYear extends Migration {
  override up(): void {
    this.addSql(`create table lessons_of_years (
      school_id uuid not null, group_id uuid not null, academic_year_id uuid not null, version int not null,
      primary key (school_id, group_id, academic_year_id)
    )`);
    for (const statement of enableRowLevelSecurity('journal', 'lessons_of_years')) this.addSql(statement);
  }
}
