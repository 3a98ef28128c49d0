import { Migration } from '@mikro-orm/migrations';

/** A lesson that had begun when the timetable or the calendar dropped it stays, and says so. */
export class CurriculumOutsideTimetable extends Migration {
  override up(): void {
    this.addSql('alter table lessons add column is_outside_timetable boolean not null default false');
  }
}
