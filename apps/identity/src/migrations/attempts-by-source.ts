import { Migration } from '@mikro-orm/migrations';

/**
 * Failed sign-ins counted for each source of a login: a known device, a session, an address. `sign_in_failures`, which counted all of
 * a login together, stays for a version before this one that runs on during an upgrade.
 */
export class IdentityAttemptsBySource extends Migration {
  override up(): void {
    this.addSql(`create table identity.sign_in_attempts (
      login_hash bytea not null,
      source text not null,
      failures int not null,
      locked_until timestamptz,
      last_failure_at timestamptz not null,
      primary key (login_hash, source)
    )`);
    this.addSql(`create index sign_in_attempts_age on identity.sign_in_attempts (last_failure_at)`);
  }
}
