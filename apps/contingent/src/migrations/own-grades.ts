import { Migration } from '@mikro-orm/migrations';

/** A pupil has a year of study of the own, as a combined class has several; known with the next roster of the school. */
export class ContingentOwnGrades extends Migration {
  override up(): void {
    this.addSql('alter table contingent.students add column grade_level int');
  }
}
