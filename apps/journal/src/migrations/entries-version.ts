import { Migration } from '@mikro-orm/migrations';

/** What a command changed in a lesson is told as one fact of the lesson, which needs a version. */
export class JournalEntriesVersion extends Migration {
  override up(): void {
    this.addSql('alter table lessons add column entries_version int not null default 0');
  }
}
