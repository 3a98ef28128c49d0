import { Migration } from '@mikro-orm/migrations';

/** Receipts are looked for among the short messages of their number, since centres write an id in many ways. */
export class NotificationsReceiptsByNumber extends Migration {
  override up(): void {
    for (const statement of [
      'create index sms_parts_number on sms_parts (address_hash, submitted_at)',
      'create index early_receipts_number on early_receipts (address_hash)',
    ]) {
      this.addSql(statement);
    }
  }
}
