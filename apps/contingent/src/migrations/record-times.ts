import { Migration } from '@mikro-orm/migrations';

/**
 * The moment a source's bulk files speak for, by kind of record: a delta of before it is out of date. A record that says
 * it was changed in the future had barred every later delta of it.
 */
export class ContingentRecordTimes extends Migration {
  override up(): void {
    this.addSql(`alter table contingent.roster_sources add column bulk_as_of jsonb not null default '{}'`);
    this.addSql(`update contingent.source_records set last_modified = now() where last_modified > now()`);
  }
}
