import { anyone, defineCommand, Done, Flag, Text, Whole } from '@parta/platform-contract';

const TAG = { name: 'Sign-in', description: 'Sessions of people, opened with login and password.' };

/** Sign-in by login and password (R18). */
export class StartSession {
  @Text({ max: 100, example: 'ivanova.av' })
  login: string;

  @Text({ max: 200, isVerbatim: true })
  password: string;

  @Text({ max: 1000, optional: true, isVerbatim: true })
  device?: string;
}

/** A session as the client gets it. Over HTTP `refreshToken` and `device` are moved into httpOnly cookies. */
export class SessionView {
  @Text({ max: 8000, description: 'EdDSA-signed access token for the Authorization header' })
  accessToken: string;

  @Whole({ min: 1, max: 3600, description: 'seconds until the access token expires' })
  expiresIn: number;

  @Flag({ description: 'the first password has to be changed before anything else (R20)' })
  mustChangePassword: boolean;

  @Text({ max: 200, optional: true, isVerbatim: true })
  refreshToken?: string;

  @Text({ max: 1000, optional: true, isVerbatim: true })
  device?: string;
}

/** The refresh token, taken from the cookie. */
export class RefreshToken {
  @Text({ max: 200, optional: true, isVerbatim: true })
  refreshToken?: string;
}

export const startSession = defineCommand({
  service: 'identity',
  name: 'start-session',
  http: { method: 'POST', path: '/api/v1/session', refreshCookie: 'opens', deviceCookie: true },
  idempotencyKey: 'ignored',
  access: anyone('signing in is how one becomes known'),
  input: StartSession,
  output: SessionView,
  summary: 'Sign in',
  description:
    'After several failures the login is locked for a growing time, for where they came from; `details.retryAfter` is in seconds.',
  line: 'own',
  errors: {
    unauthenticated: ['identity.wrong-credentials'],
    forbidden: ['identity.account-blocked'],
    'too-many': ['identity.locked-out'],
    unavailable: ['identity.busy'],
  },
  tag: TAG,
});

export const refreshSession = defineCommand({
  service: 'identity',
  name: 'refresh-session',
  http: { method: 'POST', path: '/api/v1/session/refresh', refreshCookie: 'uses' },
  idempotencyKey: 'ignored',
  isSameAgain: true,
  line: 'door',
  access: anyone('the refresh cookie is the proof'),
  input: RefreshToken,
  output: SessionView,
  summary: 'Get a new access token',
  description:
    'The refresh token is used once and replaced. Using it again ends the session: somebody else has a copy. A session idle for longer than the limit of the school is ended (R214).',
  errors: {
    unauthenticated: ['identity.session-ended', 'identity.refresh-token-reused', 'identity.session-idle'],
  },
  tag: TAG,
});

export const endSession = defineCommand({
  service: 'identity',
  name: 'end-session',
  http: { method: 'DELETE', path: '/api/v1/session', refreshCookie: 'closes' },
  idempotencyKey: 'ignored',
  access: anyone('signing out must work with an expired access token too'),
  input: RefreshToken,
  output: Done,
  summary: 'Sign out',
  tag: TAG,
});
