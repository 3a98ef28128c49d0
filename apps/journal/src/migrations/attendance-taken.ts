import { Migration } from '@mikro-orm/migrations';

/** A teacher says that all who are not entered as absent are present. */
export class JournalAttendanceTaken extends Migration {
  override up(): void {
    this.addSql('alter table lessons add column attendance_taken_at timestamptz');
  }
}
