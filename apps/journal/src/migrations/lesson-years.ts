import { Migration } from '@mikro-orm/migrations';

/**
 * A list of lessons tells of one academic year, and removes none of another. A lesson stored before has no year until
 * the next list brings it.
 */
export class JournalLessonYears extends Migration {
  override up(): void {
    this.addSql('alter table lessons add column academic_year_id uuid');
  }
}
