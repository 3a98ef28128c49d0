import { Controller } from '@nestjs/common';
import { requestToken, RequestToken, TokenView } from '@parta/contracts-identity';
import { DomainError, Unauthenticated } from '@parta/platform-errors';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { Actor, Clock, Handles, Input } from '@parta/platform-rpc';
import { validate as isUuid } from 'uuid';
import { AccessTokens } from '../../sessions/access-tokens.js';
import { Client } from '../domain/client.entity.js';

/** seconds; a blocked client's last token outlives the block by no more than this */
const TOKEN_SECONDS = 3600;

/** OAuth 2.0 client credentials (RFC 6749, 4.4) for regional systems. */
@Controller()
export class RequestTokenHandler {
  constructor(
    private readonly database: Database,
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  @Handles(requestToken, { unitOfWork: 'own' })
  async handle(@Input() input: RequestToken): Promise<TokenView> {
    const { client, scopes } = await this.database.write(NO_SCHOOL, async () => {
      const found = isUuid(input.client_id) ? await this.database.em.findOne(Client, input.client_id) : null;
      if (!found?.isProvenBy(input.client_secret))
        throw new Unauthenticated(
          'identity.wrong-client-credentials',
          'the client id or the secret is wrong, or the client is blocked',
        );
      const granted = found.grantedScopes(input.scope);
      if (!granted)
        throw new DomainError('invalid', 'identity.scope-not-allowed', 'the client may not have this scope', {
          details: { allowed: found.scopes },
        });
      await this.database.run(
        sql`update clients set last_token_at = ${this.clock.now()} where id = ${found.id}`,
      );
      return { client: found, scopes: granted };
    });
    const actor = new Actor('client', client.id, client.name, null, [], scopes);
    return {
      access_token: await this.tokens.sign(actor, TOKEN_SECONDS),
      token_type: 'Bearer',
      expires_in: TOKEN_SECONDS,
      scope: scopes.join(' '),
    };
  }
}
