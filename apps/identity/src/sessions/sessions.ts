import { Injectable } from '@nestjs/common';
import type { SessionView } from '@parta/contracts-identity';
import { Database, sql } from '@parta/platform-persistence';
import { Actor, Clock, type CallContext } from '@parta/platform-rpc';
import { AccountEvents } from '../accounts/account-events.js';
import { Account } from '../accounts/domain/account.entity.js';
import { DirectoryReader } from '../directory/directory-reader.js';
import { IdentitySettings } from '../identity.settings.js';
import { AccessTokens } from './access-tokens.js';
import type { RefreshToken } from './domain/refresh-token.js';
import { EndedAccess } from '../directory/ended-access.js';
import { Session, type EndReason } from './domain/session.entity.js';

export interface OpenedSession {
  actor: Actor;
  token: RefreshToken;
}

/** Opening and ending sessions, within the running unit of work. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryReader,
    private readonly tokens: AccessTokens,
    private readonly events: AccountEvents,
    private readonly endedAccess: EndedAccess,
    private readonly settings: IdentitySettings,
    private readonly clock: Clock,
  ) {}

  /** The unit of work has to cover all schools of the account: the actor's roles are read in it. */
  async open(account: Account, call: CallContext): Promise<OpenedSession> {
    const at = this.clock.now();
    const { address, userAgent } = call.request;
    const { session, token } = Session.start(
      { accountId: account.id, address, userAgent },
      at,
      this.settings.sessionMs,
    );
    this.database.em.persist(session);
    this.database.send(sql`update accounts set last_sign_in_at = ${at} where id = ${account.id}`);
    this.events.record('signed-in', { at, accountId: account.id, address });
    const [roles] = await Promise.all([this.directory.rolesOf(account.id), this.database.em.flush()]);
    return { actor: this.tokens.actorOf(account, session.id, roles), token };
  }

  /** To be called after the commit. */
  view(opened: OpenedSession): Promise<SessionView> {
    return this.tokens.sessionView(opened.actor, opened.token);
  }

  /** The account is locked first: a sign-in that was proven before is then either seen here, or sees what has changed. */
  async endAllOf(accountId: string, reason: EndReason): Promise<void> {
    this.database.send(sql`select 1 from accounts where id = ${accountId} for no key update`);
    const ended = await this.database.rows<{ id: string }>(sql`
      update sessions set ended_at = ${this.clock.now()}, end_reason = ${reason}
      where account_id = ${accountId} and ended_at is null returning id`);
    this.endedAccess.ofSessions(ended.map(({ id }) => id));
  }
}
