import { Migration } from '@mikro-orm/migrations';

/** What the nightly clean-up finds its rows by. What is known already counts as of today: nobody wrote down since when. */
export class NotificationsRetention extends Migration {
  override up(): void {
    for (const statement of [
      'alter table known_versions add column age_from timestamptz not null default now()',
      'create index known_versions_age on known_versions (school_id, age_from)',
      'create index messages_with_text on messages (school_id, created_at) where text is not null',
      'create index codes_expired on contact_codes (school_id, expires_at)',
      'create index sms_parts_age on sms_parts (submitted_at)',
      'create index early_receipts_age on early_receipts (received_at)',
    ]) {
      this.addSql(statement);
    }
  }
}
