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
   * @returns the account, or null for a wrong login or password
   * @throws DomainError `identity.locked-out` with `details.retryAfter` in seconds; `identity.account-blocked`, only to
   * somebody who knows the password
   */
  async prove(login: string, password: string, address: string | null): Promise<ProvenAccount | null> {
    const key = loginKey(login);
    const loginHash = createHash('sha256').update(key).digest();
    const account = await this.database.read(NO_SCHOOL, async () => {
      const known = await this.failuresOf(loginHash);
      if (known && known.locked_for > 0) throw lockedOut(known.locked_for);
      return this.database.row<{
        id: string;
        password_hash: string;
        is_blocked: boolean;
        school_ids: string[];
      }>(sql`
        select id, password_hash, is_blocked, school_ids from accounts where login_key = ${key}`);
    });
    const isRight = await this.hasher.matches(account?.password_hash ?? null, password);
    const locked = await this.database.write(NO_SCHOOL, async () => {
      await this.database.run(
        sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in:${loginHash.toString('hex')}`}, 0))`,
      );
      const known = await this.failuresOf(loginHash);
      // Guesses that were under way while others of the same login failed must not profit from having come together.
      if (known && known.locked_for > 0) return known.locked_for;
      if (isRight) {
        await this.database.run(sql`delete from sign_in_failures where login_hash = ${loginHash}`);
        if (account?.is_blocked) {
          const at = this.clock.now();
          await this.events.record('sign-in-failed', {
            at,
            accountId: account.id,
            address,
            reason: 'blocked',
          });
        }
      } else await this.countFailure(loginHash, (known?.failures ?? 0) + 1, account?.id ?? null, address);
      return 0;
    });
    if (locked > 0) throw lockedOut(locked);
    if (!isRight || !account) return null;
    if (account.is_blocked)
      throw new DomainError('forbidden', 'identity.account-blocked', 'the account is blocked');
    return { id: account.id, schoolIds: account.school_ids };
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
    await this.events.record('sign-in-failed', { at, accountId, address });
    if (seconds > 0) {
      await this.events.record('locked-out', {
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
