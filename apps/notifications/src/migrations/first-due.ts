import { Migration } from '@mikro-orm/migrations';

/** Since when a message could have left: what an alarm counts from, however often the message was put off since. */
export class NotificationsFirstDue extends Migration {
  override up(): void {
    for (const statement of [
      'alter table queue add column first_due_at timestamptz',
      'update queue set first_due_at = due_at',
      'create index queue_first_due on queue (channel, first_due_at)',
    ]) {
      this.addSql(statement);
    }
  }
}
