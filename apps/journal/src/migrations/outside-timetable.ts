import { Migration } from '@mikro-orm/migrations';

/** A lesson that stays though the timetable has it no more says so. */
export class JournalOutsideTimetable extends Migration {
  override up(): void {
    this.addSql('alter table lessons add column is_outside_timetable boolean not null default false');
  }
}
