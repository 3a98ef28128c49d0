import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'uuid';

const ID_BYTES = 16;
const SECRET_BYTES = 32;

/** A refresh token: the session's id and 32 bytes nobody can guess. The database keeps a SHA-256 of those, no more. */
export class RefreshToken {
  private constructor(
    readonly sessionId: string,
    private readonly secret: Buffer,
  ) {}

  /** The first one of a session. */
  static first(sessionId: string): RefreshToken {
    return new RefreshToken(sessionId, randomBytes(SECRET_BYTES));
  }

  /** Reads what a client sent; null when it cannot be a refresh token. */
  static read(text: string | undefined): RefreshToken | null {
    // Buffer.from would pass over what is not base64url.
    if (!text || !/^[\w-]{64}$/.test(text)) return null;
    const bytes = Buffer.from(text, 'base64url');
    try {
      return new RefreshToken(stringify(bytes.subarray(0, ID_BYTES)), bytes.subarray(ID_BYTES));
    } catch {
      return null; // sixteen bytes that are no UUID
    }
  }

  toString(): string {
    return Buffer.concat([parse(this.sessionId), this.secret]).toString('base64url');
  }

  /** What is kept of it. */
  hash(): Buffer {
    return createHash('sha256').update(this.secret).digest();
  }

  isKeptAs(hash: Uint8Array | null | undefined): boolean {
    return hash ? timingSafeEqual(this.hash(), hash) : false;
  }

  /**
   * The token that replaces this one. It follows from this one and a key of the service, so that a second tab that comes
   * with the same token a moment later is given the same successor, though no token is kept anywhere.
   */
  next(key: Buffer): RefreshToken {
    const secret = createHmac('sha256', key).update(parse(this.sessionId)).update(this.secret).digest();
    return new RefreshToken(this.sessionId, secret);
  }
}

/** The key of `next`, made from the private signing key: whoever reads the database cannot follow the chain. */
export const refreshTokenKey = (signingKey: string): Buffer =>
  Buffer.from(hkdfSync('sha256', signingKey, '', 'parta refresh tokens', 32));
