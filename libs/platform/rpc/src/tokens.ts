import { Unauthenticated } from '@parta/platform-errors';
import {
  createLocalJWKSet,
  errors,
  importJWK,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
} from 'jose';
import { Actor, type Grant } from './actor.js';

const ISSUER = 'parta';

interface Claims extends JWTPayload {
  typ: 'account' | 'client';
  name: string;
  sid?: string;
  grants?: Grant[];
  scope?: string;
  /** must change password */
  mcp?: boolean;
}

const KNOWN_LIMIT = 5000;

/** Verifies access tokens with identity's public keys. A verified token is remembered until it expires. */
export class TokenVerifier {
  private readonly keys;
  private readonly known = new Map<string, { actor: Actor; expiresAt: number }>();

  /** @param keySet identity's public keys as a JWK set; several during a change of keys */
  constructor(keySet: JSONWebKeySet) {
    this.keys = createLocalJWKSet(keySet);
  }

  /**
   * @throws Unauthenticated `access.token-expired` or `access.token-invalid`
   */
  async verify(token: string): Promise<Actor> {
    const remembered = this.known.get(token);
    if (remembered) {
      if (remembered.expiresAt > Date.now()) return remembered.actor;
      this.known.delete(token);
      throw new Unauthenticated('access.token-expired', 'the access token has expired');
    }
    try {
      const { payload } = await jwtVerify<Claims>(token, this.keys, {
        issuer: ISSUER,
        algorithms: ['EdDSA'],
        clockTolerance: 5,
      });
      const actor = new Actor(
        payload.typ,
        payload.sub!,
        payload.name,
        payload.sid ?? null,
        payload.grants ?? [],
        payload.scope ? payload.scope.split(' ') : [],
        payload.mcp ?? false,
        payload.iat ?? null,
      );
      if (this.known.size >= KNOWN_LIMIT) this.known.clear();
      this.known.set(token, { actor, expiresAt: payload.exp! * 1000 });
      return actor;
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        throw new Unauthenticated('access.token-expired', 'the access token has expired');
      throw new Unauthenticated('access.token-invalid', 'the access token is not valid');
    }
  }
}

/** Signs access tokens; only identity has the private key. */
export class TokenSigner {
  private constructor(
    private readonly key: CryptoKey | Uint8Array,
    private readonly kid: string | undefined,
  ) {}

  static async fromJwk(jwk: JWK): Promise<TokenSigner> {
    return new TokenSigner((await importJWK(jwk, 'EdDSA')) as CryptoKey, jwk.kid);
  }

  /** @param lifetime seconds */
  async sign(actor: Actor, lifetime: number, now: Date): Promise<string> {
    const issued = Math.floor(now.getTime() / 1000);
    const claims: Claims = {
      typ: actor.kind,
      name: actor.name,
      ...(actor.sessionId && { sid: actor.sessionId }),
      ...(actor.grants.length > 0 && { grants: [...actor.grants] }),
      ...(actor.scopes.length > 0 && { scope: actor.scopes.join(' ') }),
      ...(actor.mustChangePassword && { mcp: true }),
    };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', ...(this.kid && { kid: this.kid }) })
      .setIssuer(ISSUER)
      .setSubject(actor.id)
      .setIssuedAt(issued)
      .setExpirationTime(issued + lifetime)
      .sign(this.key);
  }
}
