import { Migration } from '@mikro-orm/migrations';

/** How many codes an address was sent, whoever asked and at whatever school: read across schools, so it holds a hash alone. */
export class NotificationsCodesSent extends Migration {
  override up(): void {
    for (const statement of [
      `create table codes_sent (address_hash text not null, code_id uuid not null, sent_at timestamptz not null,
        primary key (address_hash, code_id))`,
      'create index codes_sent_age on codes_sent (sent_at)',
    ]) {
      this.addSql(statement);
    }
  }
}
