import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@parta/platform-errors';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { Clock } from '@parta/platform-rpc';
import { AccountEvents } from '../accounts/account-events.js';
import { loginKey } from '../accounts/domain/login.js';
import { PasswordHasher } from '../accounts/password-hasher.js';
import { IdentitySettings } from '../identity.settings.js';
import { sourceOf, type AttemptSource } from './domain/attempt-source.js';
import { KnownDevices } from './domain/known-device.js';
import { FAILURES_FORGOTTEN_AFTER_HOURS, lockSeconds } from './domain/lock-out.js';
import { WrongCredentials } from './session.errors.js';

interface Failures {
  /** in a row, of the source at hand */
  failures: number;
  /** of all unknown sources */
  of_unknown: number;
  /** seconds for which the source stays locked; 0 or less when it is not */
  locked_for: number;
}

interface AccountRow {
  id: string;
  password_hash: string;
  is_blocked: boolean;
  school_ids: string[];
}

/** Whose password somebody has shown to know, and what it was kept as. */
export interface ProvenAccount {
  id: string;
  schoolIds: string[];
  passwordHash: string;
}

/** What a client brings to a sign-in beside login and password. */
export interface Bringing {
  address: string | null;
  /** the cookie of known devices */
  device?: string;
  /** of an access token, where the password is asked for once more */
  sessionId?: string | null;
}

/**
 * Proves that somebody knows an account's password. A login that nobody has is treated and timed like any other, its
 * failures included, so that logins cannot be sounded out. Failures are counted for each source of a login by itself: the guesser
 * is locked, not the owner (docs/security.md).
 */
@Injectable()
export class SignInCheck {
  private readonly devices: KnownDevices;

  constructor(
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
    settings: IdentitySettings,
  ) {
    this.devices = new KnownDevices(settings.signingKey.d!);
  }

  /**
   * Must be called outside a unit of work: failures are counted in one of their own, since they last though the sign-in
   * is refused.
   * @param then what follows from the proof, in the unit of work that keeps it, over the schools of the account, which is locked
   * @returns what that came to, or null for a wrong login or password
   * @throws DomainError `identity.locked-out` with `details.retryAfter` in seconds; `identity.account-blocked`, only to
   * somebody who knows the password
   */
  async prove<T>(
    login: string,
    password: string,
    { address, device, sessionId }: Bringing,
    then: (account: ProvenAccount) => T | Promise<T>,
  ): Promise<T | null> {
    const key = loginKey(login);
    const loginHash = createHash('sha256').update(key).digest();
    const { account, source } = await this.database.read(NO_SCHOOL, async () => {
      const found = await this.database.row<AccountRow>(sql`
        select id, password_hash, is_blocked, school_ids from accounts where login_key = ${key}`);
      const deviceId = found && this.devices.idFor(found.id, device, this.clock.now());
      const from = sourceOf({ address, deviceId, sessionId });
      const known = await this.failuresOf(loginHash, from);
      if (known.locked_for > 0) throw lockedOut(known.locked_for);
      return { account: found, source: from };
    });
    const isRight = await this.hasher.matches(account?.password_hash ?? null, password);
    const outcome = await this.database.write({ schools: account?.school_ids ?? [] }, async () => {
      this.database.send(
        sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in:${loginHash.toString('hex')}`}, 0))`,
      );
      const known = await this.failuresOf(loginHash, source);
      // Guesses that were under way while others of the same source failed must not profit from having come together.
      if (known.locked_for > 0) return lockedOut(known.locked_for);
      if (!isRight || !account) {
        await this.countFailure(loginHash, source, known, account?.id ?? null, address);
        return null;
      }
      this.database.send(
        sql`delete from sign_in_attempts where login_hash = ${loginHash} and source = ${source.key}`,
      );
      const proven = { id: account.id, schoolIds: account.school_ids, passwordHash: account.password_hash };
      const now = await this.lock(proven);
      if (!now) return null;
      if (!now.is_blocked) return { value: await then(proven) };
      const at = this.clock.now();
      this.events.record('sign-in-failed', { at, accountId: account.id, address, reason: 'blocked' });
      return new DomainError('forbidden', 'identity.account-blocked', 'the account is blocked');
    });
    // Thrown only now: what was counted and recorded is committed.
    if (outcome instanceof DomainError) throw outcome;
    return outcome && outcome.value;
  }

  /**
   * Locks the account for the running unit of work, in which something follows from a proof of before.
   * @throws WrongCredentials when the password was replaced or the account blocked meanwhile
   */
  async mustHoldStill(proven: ProvenAccount): Promise<void> {
    const now = await this.lock(proven);
    if (!now || now.is_blocked) throw new WrongCredentials();
  }

  /** What a browser is to keep after the account has signed in with it. */
  deviceAfterSignIn(accountId: string, device: string | undefined): string {
    return this.devices.afterSignIn(accountId, device, this.clock.now());
  }

  /** The account as it is now, locked; null when the password that was proven is not its password any more. */
  private lock({ id, passwordHash }: ProvenAccount): Promise<Pick<AccountRow, 'is_blocked'> | null> {
    return this.database.row(sql`
      select is_blocked from accounts where id = ${id} and password_hash = ${passwordHash} for no key update`);
  }

  private async failuresOf(loginHash: Buffer, { key }: AttemptSource): Promise<Failures> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - FAILURES_FORGOTTEN_AFTER_HOURS * 3_600_000);
    const found = await this.database.row<Failures>(sql`
      select coalesce(max(failures) filter (where source = ${key}), 0)::int as failures,
        coalesce(sum(failures) filter (where source like 'address:%'), 0)::int as of_unknown,
        coalesce(ceil(extract(epoch from
          max(locked_until) filter (where source = ${key}) - ${now}::timestamptz)), 0)::int as locked_for
      from sign_in_attempts
      where login_hash = ${loginHash} and last_failure_at > ${since}`);
    return found!;
  }

  private async countFailure(
    loginHash: Buffer,
    source: AttemptSource,
    known: Failures,
    accountId: string | null,
    address: string | null,
  ): Promise<void> {
    const at = this.clock.now();
    const failures = known.failures + 1;
    const seconds = lockSeconds(failures, source, known.of_unknown + (source.isKnown ? 0 : 1));
    const until = seconds > 0 ? new Date(at.getTime() + seconds * 1000) : null;
    await this.database.run(sql`
      insert into sign_in_attempts (login_hash, source, failures, locked_until, last_failure_at)
      values (${loginHash}, ${source.key}, ${failures}, ${until}, ${at})
      on conflict (login_hash, source) do update set failures = excluded.failures,
        locked_until = excluded.locked_until, last_failure_at = excluded.last_failure_at`);
    this.events.record('sign-in-failed', { at, accountId, address });
    if (seconds > 0) {
      this.events.record('locked-out', {
        at,
        accountId,
        address,
        reason: `${failures} failures of ${source.key.split(':', 1)[0]}, ${seconds} s`,
      });
    }
  }
}

const lockedOut = (retryAfter: number): DomainError =>
  new DomainError('too-many', 'identity.locked-out', 'too many failed sign-ins, wait', {
    details: { retryAfter },
  });
