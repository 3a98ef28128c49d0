import { Migration } from '@mikro-orm/migrations';

/**
 * Whose contacts an address is, read across schools: whoever answers an SMS with «СТОП» or calls a letter spam means all of
 * them. Hashes alone, as in the other tables of that kind. Beside them the key of signed return paths, and the school of each
 * letter that may come back.
 */
export class NotificationsContactsByAddress extends Migration {
  override up(): void {
    for (const statement of [
      `create table contact_addresses (address_hash text not null, school_id uuid not null, person_id uuid not null,
        channel text not null, primary key (school_id, person_id, channel))`,
      'create index contact_addresses_hash on contact_addresses (address_hash)',
      'create table return_keys (id int primary key, secret text not null)',
      'create table mail_returns (message_id uuid primary key, school_id uuid not null, sent_at timestamptz not null)',
      'create index mail_returns_age on mail_returns (sent_at)',
      // The owner of the table reads all schools' rows for this one statement.
      'alter table contacts no force row level security',
      `insert into contact_addresses (address_hash, school_id, person_id, channel)
        select encode(sha256(convert_to(channel || ' ' || case when channel = 'sms'
          then regexp_replace(address, '\\D', '', 'g') else lower(address) end, 'UTF8')), 'hex'), school_id, person_id, channel
        from contacts`,
      'alter table contacts force row level security',
    ]) {
      this.addSql(statement);
    }
  }
}
