import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Actor, TokenVerifier } from '@parta/platform-rpc';
import { ExtractJwt, Strategy } from 'passport-jwt';

type Done = (error: Error | null, payload?: unknown) => void;

/**
 * Bearer tokens through passport-jwt. Its built-in verifier cannot do EdDSA, so it is given ours; what it hands to
 * `validate` is then the verified actor.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(tokens: TokenVerifier) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: 'verified with the public keys of identity',
    });
    (
      Strategy as unknown as {
        JwtVerifier: (token: string, key: unknown, options: unknown, done: Done) => void;
      }
    ).JwtVerifier = (token, _key, _options, done) => {
      tokens.verify(token).then(
        (actor) => done(null, actor),
        (error: Error) => done(error),
      );
    };
  }

  validate(actor: Actor): Actor {
    return actor;
  }
}
