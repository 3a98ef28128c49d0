import { Migration } from '@mikro-orm/migrations';

/** A pupil has a year of study of the own, as a combined class has several; that of the class where none is known. */
export class JournalOwnGrades extends Migration {
  override up(): void {
    this.addSql('alter table students add column grade_level int');
  }
}
