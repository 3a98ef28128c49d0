import { Controller } from '@nestjs/common';
import { refreshSession, RefreshToken as RefreshTokenInput, SessionView } from '@parta/contracts-identity';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { Call, Clock, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { AccountEvents } from '../../accounts/account-events.js';
import type { Account } from '../../accounts/domain/account.entity.js';
import { DirectoryReader, type Roles } from '../../directory/directory-reader.js';
import { IdentitySettings } from '../../identity.settings.js';
import { AccessTokens, type TokenAccount } from '../access-tokens.js';
import { RefreshToken, refreshTokenKey } from '../domain/refresh-token.js';
import { EndedAccess } from '../../directory/ended-access.js';
import { Session, type Refreshing } from '../domain/session.entity.js';
import { SessionNotUsable } from '../session.errors.js';
import type { OpenedSession } from '../sessions.js';

interface Stay {
  session: Session;
  account: TokenAccount & Pick<Account, 'isBlocked'>;
  roles: Roles;
}

type Moments = 'rotatedAt' | 'lastUsedAt' | 'expiresAt';
type SessionRow = Omit<Session, Moments | 'endedAt'> & Record<Moments, string> & { endedAt: string | null };

const sessionOf = (row: SessionRow): Session =>
  Object.assign(new Session(), row, {
    rotatedAt: new Date(row.rotatedAt),
    lastUsedAt: new Date(row.lastUsedAt),
    expiresAt: new Date(row.expiresAt),
    endedAt: row.endedAt && new Date(row.endedAt),
  });

/** A new access token with the roles as they are now, and the next refresh token (R214). */
@Controller()
export class RefreshSessionHandler {
  private readonly key: Buffer;

  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryReader,
    private readonly tokens: AccessTokens,
    private readonly events: AccountEvents,
    private readonly ended: EndedAccess,
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
    const { session, account, roles } = await this.stayOf(token);
    const hadEnded = session.hasEnded;
    if (account.isBlocked) session.end('blocked', at);
    const outcome = session.refresh(token, this.key, this.settings.idleMs, at);
    if (!hadEnded) this.keep(session);
    if (!hadEnded && session.hasEnded) this.ended.ofSessions([session.id]);
    if (outcome.token)
      return { token: outcome.token, actor: this.tokens.actorOf(account, session.id, roles) };
    if (outcome.refusal === 'token-reused')
      this.events.record('refresh-token-reused', { at, accountId: account.id, address });
    return { refusal: outcome.refusal };
  }

  /**
   * The session, locked, its account and the roles, in one go: everybody who opens a page waits for it. Which schools are to be
   * seen is therefore told to PostgreSQL by a query of its own.
   */
  private async stayOf({ sessionId }: RefreshToken): Promise<Stay> {
    const { database } = this;
    const accountId = sql`(select account_id from sessions where id = ${sessionId})`;
    const session = database.row<SessionRow>(sql`
      select id, account_id as "accountId", token_hash as "tokenHash", previous_token_hash as "previousTokenHash",
        rotated_at as "rotatedAt", last_used_at as "lastUsedAt", expires_at as "expiresAt", ended_at as "endedAt",
        end_reason as "endReason"
      from sessions where id = ${sessionId} for update`);
    const account = database.row<Stay['account']>(sql`
      select id, login, is_blocked as "isBlocked", is_regional_operator as "isRegionalOperator",
        own_family_name as "ownFamilyName", own_given_name as "ownGivenName",
        must_change_password as "mustChangePassword",
        set_config('app.schools', array_to_string(school_ids, ','), true)
      from accounts where id = ${accountId}`);
    const roles = this.directory.rolesOf(accountId);
    const found = await Promise.all([session, account, roles]);
    if (!found[0] || !found[1]) throw new SessionNotUsable('ended');
    return { session: sessionOf(found[0]), account: found[1], roles: found[2] };
  }

  /** What a refresh changes. The entity manager would find that out by itself, for a quarter of the processor's time. */
  private keep(session: Session): void {
    this.database.send(sql`
      update sessions set token_hash = ${session.tokenHash}, previous_token_hash = ${session.previousTokenHash},
        rotated_at = ${session.rotatedAt}, last_used_at = ${session.lastUsedAt}, ended_at = ${session.endedAt},
        end_reason = ${session.endReason}
      where id = ${session.id}`);
  }
}
