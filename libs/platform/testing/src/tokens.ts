import { Actor, TokenSigner, type Grant } from '@parta/platform-rpc';
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose';

export interface TestKeys {
  privateJwk: JWK;
  keySet: JSONWebKeySet;
  /** a signed token of an account with these grants */
  tokenOf(
    grants: Grant[],
    options?: { accountId?: string; name?: string; mustChangePassword?: boolean },
  ): Promise<string>;
  /** a signed token of a regional system */
  clientToken(clientId: string, scopes: string[]): Promise<string>;
}

/** A key pair as identity would have, and tokens signed with it. */
export async function createTestKeys(): Promise<TestKeys> {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  const privateJwk = { ...(await exportJWK(pair.privateKey)), kid: 'test', alg: 'EdDSA' };
  const keySet = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'test', alg: 'EdDSA' }] };
  const signer = await TokenSigner.fromJwk(privateJwk);
  const account = (
    grants: Grant[],
    options: { accountId?: string; name?: string; mustChangePassword?: boolean },
  ) =>
    new Actor(
      'account',
      options.accountId ?? crypto.randomUUID(),
      options.name ?? 'Тестовый Пользователь',
      crypto.randomUUID(),
      grants,
      [],
      options.mustChangePassword ?? false,
    );
  return {
    privateJwk,
    keySet,
    tokenOf: (grants, options = {}) => signer.sign(account(grants, options), 3600, new Date()),
    clientToken: (clientId, scopes) =>
      signer.sign(new Actor('client', clientId, clientId, null, [], scopes), 3600, new Date()),
  };
}
