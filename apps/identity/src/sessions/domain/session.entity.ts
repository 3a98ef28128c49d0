import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { RefreshToken } from './refresh-token.js';

/** How long the immediate predecessor of the current token still opens the door: two tabs may refresh at one moment. */
export const GRACE_MS = 10_000;

export type EndReason = 'signed-out' | 'idle' | 'expired' | 'token-reused' | 'blocked' | 'password-changed';

const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    tokenHash: p.blob(),
    previousTokenHash: p.blob().nullable(),
    rotatedAt: p.datetime(),
    startedAt: p.datetime(),
    lastUsedAt: p.datetime(),
    expiresAt: p.datetime(),
    address: p.text().nullable(),
    userAgent: p.text().nullable(),
    endedAt: p.datetime().nullable(),
    endReason: p.text().nullable(),
  },
});

export interface NewSession {
  accountId: string;
  address: string | null;
  userAgent: string | null;
}

export type Refreshing =
  { token: RefreshToken; refusal?: never } | { refusal: 'ended' | 'idle' | 'token-reused'; token?: never };

/** One client's stay: from signing in to signing out, to being idle or to a stolen token. */
export class Session extends SessionSchema.class {
  /** @param sessionMs for how long at most */
  static start(given: NewSession, at: Date, sessionMs: number): { session: Session; token: RefreshToken } {
    const session = new Session();
    session.id = uuidv7();
    const token = RefreshToken.first(session.id);
    session.accountId = given.accountId;
    session.tokenHash = token.hash();
    session.rotatedAt = session.startedAt = session.lastUsedAt = at;
    session.expiresAt = new Date(at.getTime() + sessionMs);
    session.address = given.address;
    session.userAgent = given.userAgent;
    return { session, token };
  }

  get hasEnded(): boolean {
    return this.endedAt != null;
  }

  /** Whether the token is the current one or its predecessor. */
  isOf(token: RefreshToken): boolean {
    return token.isKeptAs(this.tokenHash) || token.isKeptAs(this.previousTokenHash);
  }

  end(reason: EndReason, at: Date): void {
    if (this.hasEnded) return;
    this.endedAt = at;
    this.endReason = reason;
  }

  /**
   * Uses a refresh token: the current one is replaced; its immediate predecessor is answered with the current one for ten
   * seconds; any other has been used before, so somebody else has a copy and the session ends for both.
   * @param key of the chain of tokens
   */
  refresh(token: RefreshToken, key: Buffer, idleMs: number, at: Date): Refreshing {
    if (this.hasEnded) return { refusal: this.endReason === 'idle' ? 'idle' : 'ended' };
    const isCurrent = token.isKeptAs(this.tokenHash);
    const isPredecessor =
      token.isKeptAs(this.previousTokenHash) && at.getTime() - this.rotatedAt.getTime() <= GRACE_MS;
    if (!isCurrent && !isPredecessor) return this.refuse('token-reused', 'token-reused', at);
    if (at >= this.expiresAt) return this.refuse('expired', 'ended', at);
    if (at.getTime() - this.lastUsedAt.getTime() > idleMs) return this.refuse('idle', 'idle', at);
    const successor = token.next(key);
    if (isCurrent) {
      this.previousTokenHash = token.hash();
      this.tokenHash = successor.hash();
      this.rotatedAt = at;
    }
    this.lastUsedAt = at;
    return { token: successor };
  }

  private refuse(reason: EndReason, refusal: 'ended' | 'idle' | 'token-reused', at: Date): Refreshing {
    this.end(reason, at);
    return { refusal };
  }
}
SessionSchema.setClass(Session);
