import { Injectable } from '@nestjs/common';
import { fullName } from '@parta/contracts-contingent';
import type { SessionView } from '@parta/contracts-identity';
import { Clock, Actor, TokenSigner, type Grant } from '@parta/platform-rpc';
import type { Account } from '../accounts/domain/account.entity.js';
import type { PersonGrantRow, Roles } from '../directory/directory-reader.js';
import { IdentitySettings } from '../identity.settings.js';
import type { RefreshToken } from './domain/refresh-token.js';

/** What a token says of an account. */
export type TokenAccount = Pick<
  Account,
  'id' | 'login' | 'isRegionalOperator' | 'ownFamilyName' | 'ownGivenName' | 'mustChangePassword'
>;

/** What access tokens say, and their signature. */
@Injectable()
export class AccessTokens {
  private readonly signer: Promise<TokenSigner>;

  constructor(
    private readonly settings: IdentitySettings,
    private readonly clock: Clock,
  ) {
    this.signer = TokenSigner.fromJwk(settings.signingKey);
  }

  /** The account as an actor, with these roles. */
  actorOf(account: TokenAccount, sessionId: string, { people, grants: rows }: Roles): Actor {
    const grants = asClaims(rows);
    if (account.isRegionalOperator)
      grants.unshift({ role: 'regional-operator', schoolId: null, personId: null });
    const name = people[0]
      ? fullName(people[0])
      : [account.ownFamilyName, account.ownGivenName].filter(Boolean).join(' ') || account.login;
    return new Actor('account', account.id, name, sessionId, grants, [], account.mustChangePassword);
  }

  /** Signs the access token; better outside of a transaction. */
  async sessionView(actor: Actor, refreshToken: RefreshToken): Promise<SessionView> {
    const seconds = this.settings.accessTokenSeconds;
    return {
      accessToken: await this.sign(actor, seconds),
      expiresIn: seconds,
      mustChangePassword: actor.mustChangePassword,
      refreshToken: refreshToken.toString(),
    };
  }

  /** @param lifetime seconds */
  async sign(actor: Actor, lifetime: number): Promise<string> {
    return (await this.signer).sign(actor, lifetime, this.clock.now());
  }
}

/** A role that both the roster and an order give is one claim. */
function asClaims(rows: readonly PersonGrantRow[]): Grant[] {
  const claims = new Map<string, Grant>();
  for (const row of rows) {
    const key = `${row.schoolId}:${row.personId}:${row.role}`;
    const known = claims.get(key);
    claims.set(key, {
      role: row.role,
      schoolId: row.schoolId,
      personId: row.personId,
      ...union('classIds', known?.classIds, row.classIds),
      ...union('studentIds', known?.studentIds, row.studentIds),
    });
  }
  return [...claims.values()];
}

function union(name: 'classIds' | 'studentIds', some: string[] | undefined, more: string[]): Partial<Grant> {
  const ids = [...new Set([...(some ?? []), ...more])];
  return ids.length > 0 ? { [name]: ids } : {};
}
