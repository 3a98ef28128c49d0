import { Unauthenticated } from '@parta/platform-errors';

/** One answer for an unknown login and a wrong password. */
export class WrongCredentials extends Unauthenticated {
  constructor() {
    super('identity.wrong-credentials', 'the login or the password is wrong');
  }
}

const MESSAGES = {
  ended: ['identity.session-ended', 'the session has ended'],
  idle: ['identity.session-idle', 'the session was idle for too long'],
  'token-reused': [
    'identity.refresh-token-reused',
    'the refresh token was used before; the session has ended',
  ],
} as const;

export class SessionNotUsable extends Unauthenticated {
  constructor(why: keyof typeof MESSAGES) {
    super(...MESSAGES[why]);
  }
}
