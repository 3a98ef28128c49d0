import { Migration } from '@mikro-orm/migrations';

/**
 * A group has one list of lessons for each academic year, and the newest version of each counts. A list stored before
 * says of no year: the nil UUID stands for it.
 */
export class JournalListsByYear extends Migration {
  override up(): void {
    this.addSql(
      `alter table lesson_lists add column academic_year_id uuid not null default '00000000-0000-0000-0000-000000000000'`,
    );
    this.addSql('alter table lesson_lists alter column academic_year_id drop default');
    this.addSql('alter table lesson_lists drop constraint lesson_lists_pkey');
    this.addSql('alter table lesson_lists add primary key (school_id, group_id, academic_year_id)');
  }
}
