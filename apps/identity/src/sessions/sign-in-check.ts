import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@parta/platform-errors';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { Clock } from '@parta/platform-rpc';
import { AccountEvents } from '../accounts/account-events.js';
import { loginKey } from '../accounts/domain/login.js';
import { PasswordHasher } from '../accounts/password-hasher.js';
import { FAILURES_FORGOTTEN_AFTER_HOURS, lockSeconds } from './domain/lock-out.js';

interface Failures {
  failures: number;
  /** seconds for which the login stays locked; 0 or less when it is not */
  locked_for: number;
}

export interface ProvenAccount {
  id: string;
  schoolIds: string[];
}

/**
 * Proves that somebody knows an account's password. A login that nobody has is treated and timed like any other, its
 * failures included, so that logins cannot be sounded out.
 */
@Injectable()
export class SignInCheck {
  constructor(
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Must be called outside a unit of work: failures are counted in one of their own, since they last though the sign-in
   * is refused.
   * @param then what follows from the proof, in the unit of work that keeps it, over the schools of the account
   * @returns what that came to, or null for a wrong login or password
   * @throws DomainError `identity.locked-out` with `details.retryAfter` in seconds; `identity.account-blocked`, only to
   * somebody who knows the password
   */
  async prove<T>(
    login: string,
    password: string,
    address: string | null,
    then: (account: ProvenAccount) => T | Promise<T>,
  ): Promise<T | null> {
    const key = loginKey(login);
    const loginHash = createHash('sha256').update(key).digest();
    const account = await this.database.read(NO_SCHOOL, async () => {
      const [known, found] = await Promise.all([
        this.failuresOf(loginHash),
        this.database.row<{
          id: string;
          password_hash: string;
          is_blocked: boolean;
          school_ids: string[];
        }>(sql`
          select id, password_hash, is_blocked, school_ids from accounts where login_key = ${key}`),
      ]);
      if (known && known.locked_for > 0) throw lockedOut(known.locked_for);
      return found;
    });
    const isRight = await this.hasher.matches(account?.password_hash ?? null, password);
    const outcome = await this.database.write({ schools: account?.school_ids ?? [] }, async () => {
      this.database.send(
        sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in:${loginHash.toString('hex')}`}, 0))`,
      );
      const known = await this.failuresOf(loginHash);
      // Guesses that were under way while others of the same login failed must not profit from having come together.
      if (known && known.locked_for > 0) return lockedOut(known.locked_for);
      if (!isRight || !account) {
        await this.countFailure(loginHash, (known?.failures ?? 0) + 1, account?.id ?? null, address);
        return null;
      }
      this.database.send(sql`delete from sign_in_failures where login_hash = ${loginHash}`);
      if (!account.is_blocked)
        return { value: await then({ id: account.id, schoolIds: account.school_ids }) };
      const at = this.clock.now();
      this.events.record('sign-in-failed', { at, accountId: account.id, address, reason: 'blocked' });
      return new DomainError('forbidden', 'identity.account-blocked', 'the account is blocked');
    });
    // Thrown only now: what was counted and recorded is committed.
    if (outcome instanceof DomainError) throw outcome;
    return outcome && outcome.value;
  }

  private failuresOf(loginHash: Buffer): Promise<Failures | null> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - FAILURES_FORGOTTEN_AFTER_HOURS * 3_600_000);
    return this.database.row<Failures>(sql`
      select failures, coalesce(ceil(extract(epoch from locked_until - ${now}::timestamptz)), 0)::int as locked_for
      from sign_in_failures
      where login_hash = ${loginHash} and last_failure_at > ${since}`);
  }

  private async countFailure(
    loginHash: Buffer,
    failures: number,
    accountId: string | null,
    address: string | null,
  ): Promise<void> {
    const at = this.clock.now();
    const seconds = lockSeconds(failures);
    const until = seconds > 0 ? new Date(at.getTime() + seconds * 1000) : null;
    await this.database.run(sql`
      insert into sign_in_failures (login_hash, failures, locked_until, last_failure_at)
      values (${loginHash}, ${failures}, ${until}, ${at})
      on conflict (login_hash) do update set failures = excluded.failures, locked_until = excluded.locked_until,
        last_failure_at = excluded.last_failure_at`);
    this.events.record('sign-in-failed', { at, accountId, address });
    if (seconds > 0) {
      this.events.record('locked-out', {
        at,
        accountId,
        address,
        reason: `${failures} failures, ${seconds} s`,
      });
    }
  }
}

const lockedOut = (retryAfter: number): DomainError =>
  new DomainError('too-many', 'identity.locked-out', 'too many failed sign-ins, wait', {
    details: { retryAfter },
  });
