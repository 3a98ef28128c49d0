import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ACCESS_ENDED, type AccessEnded } from '@parta/contracts-identity';
import { Unauthenticated } from '@parta/platform-errors';
import { Bus } from '@parta/platform-messaging';
import type { Actor } from '@parta/platform-rpc';

/** No access token lives longer, in milliseconds. */
const KEPT_MS = 3_600_000;
/** Of sessions and of accounts each; the oldest are forgotten first, and their tokens live until they expire. */
const MOST_KEPT = 100_000;

/**
 * Access that ended before its tokens do, as identity tells it: of sessions that were ended, and of accounts that have lost a role. What
 * was told while this gateway was away it does not know.
 */
@Injectable()
export class EndedAccess implements OnModuleInit {
  private readonly sessions = new Forgetful<true>();
  /** from which second on the account's tokens are good */
  private readonly accounts = new Forgetful<number>();
  private readonly listeners: (() => void)[] = [];

  constructor(private readonly bus: Bus) {}

  onModuleInit(): void {
    this.bus.nats.subscribe(ACCESS_ENDED, {
      callback: (error, message) => {
        if (!error) this.keep(message.json<AccessEnded>());
      },
    });
  }

  /**
   * @throws Unauthenticated `identity.session-ended`, or `access.token-expired` when a new token is to be had
   */
  mustBeOpen(actor: Actor): void {
    if (actor.sessionId && this.sessions.get(actor.sessionId))
      throw new Unauthenticated('identity.session-ended', 'the session has ended');
    const goodFrom = this.accounts.get(actor.id);
    if (goodFrom !== undefined && actor.issuedAt !== null && actor.issuedAt < goodFrom)
      throw new Unauthenticated('access.token-expired', 'roles have changed since the token was signed');
  }

  /** Whether the actor's token is good for nothing any more. */
  isOf(actor: Actor): boolean {
    try {
      this.mustBeOpen(actor);
      return false;
    } catch {
      return true;
    }
  }

  /** @param listener called when there is more ended access than before */
  onEnd(listener: () => void): void {
    this.listeners.push(listener);
  }

  private keep({ sessionIds = [], accountIds = [], at }: AccessEnded): void {
    for (const id of sessionIds) this.sessions.set(id, true);
    // A token of the same second may be the new one: it is taken.
    const second = Math.floor(Date.parse(at) / 1000);
    for (const id of accountIds) this.accounts.set(id, second);
    for (const listener of this.listeners) listener();
  }
}

/** A map that holds no more than so much, for no longer than so long. */
class Forgetful<T> {
  private readonly kept = new Map<string, { value: T; until: number }>();

  get(key: string): T | undefined {
    const found = this.kept.get(key);
    return found && found.until > performance.now() ? found.value : undefined;
  }

  set(key: string, value: T): void {
    const now = performance.now();
    // The newest is last; so the first that is still needed ends the search.
    this.kept.delete(key);
    for (const [old, { until }] of this.kept) {
      if (until > now && this.kept.size < MOST_KEPT) break;
      this.kept.delete(old);
    }
    this.kept.set(key, { value, until: now + KEPT_MS });
  }
}
