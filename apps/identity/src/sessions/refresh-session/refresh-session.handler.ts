import { Controller } from '@nestjs/common';
import { refreshSession, RefreshToken as RefreshTokenInput, SessionView } from '@parta/contracts-identity';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { Call, Clock, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { AccountEvents } from '../../accounts/account-events.js';
import { Account } from '../../accounts/domain/account.entity.js';
import { IdentitySettings } from '../../identity.settings.js';
import { AccessTokens } from '../access-tokens.js';
import { RefreshToken, refreshTokenKey } from '../domain/refresh-token.js';
import { Session, type Refreshing } from '../domain/session.entity.js';
import { SessionNotUsable } from '../session.errors.js';
import type { OpenedSession } from '../sessions.js';

/** A new access token with the roles as they are now, and the next refresh token (R214). */
@Controller()
export class RefreshSessionHandler {
  private readonly key: Buffer;

  constructor(
    private readonly database: Database,
    private readonly tokens: AccessTokens,
    private readonly events: AccountEvents,
    private readonly settings: IdentitySettings,
    private readonly clock: Clock,
  ) {
    this.key = refreshTokenKey(settings.signingKey.d!);
  }

  @Handles(refreshSession, { unitOfWork: 'own' })
  async handle(@Input() input: RefreshTokenInput, @Call() call: CallContext): Promise<SessionView> {
    const token = RefreshToken.read(input.refreshToken);
    if (!token) throw new SessionNotUsable('ended');
    // The end of a session has to last although the refresh is refused: the refusal is thrown after the commit.
    const answer = await this.database.write(NO_SCHOOL, () => this.refresh(token, call.request.address));
    if ('refusal' in answer) throw new SessionNotUsable(answer.refusal);
    return this.tokens.sessionView(answer.actor, answer.token);
  }

  private async refresh(
    token: RefreshToken,
    address: string | null,
  ): Promise<OpenedSession | { refusal: NonNullable<Refreshing['refusal']> }> {
    const at = this.clock.now();
    const [session, account] = await this.sessionOf(token);
    this.database.see({ schools: account.schoolIds });
    if (account.isBlocked) session.end('blocked', at);
    const outcome = session.refresh(token, this.key, this.settings.idleMs, at);
    if (outcome.token) return { token: outcome.token, actor: await this.tokens.actorOf(account, session.id) };
    if (outcome.refusal === 'token-reused')
      this.events.record('refresh-token-reused', { at, accountId: account.id, address });
    return { refusal: outcome.refusal };
  }

  /** The session, locked, and its account: by two prepared statements in one go, where the entity manager would send two of its own. */
  private async sessionOf({ sessionId }: RefreshToken): Promise<[Session, Account]> {
    const [session, account] = await Promise.all([
      this.database.row<object>(sql`select * from sessions where id = ${sessionId} for update`),
      this.database.row<object>(sql`
        select a.* from sessions s join accounts a on a.id = s.account_id where s.id = ${sessionId}`),
    ]);
    if (!session || !account) throw new SessionNotUsable('ended');
    const { em } = this.database;
    return [em.map(Session, session), em.map(Account, account)];
  }
}
