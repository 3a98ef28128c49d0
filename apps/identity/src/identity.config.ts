import { readFileSync } from 'node:fs';
import type { JWK } from 'jose';
import type { IdentityConfig } from './identity.settings.js';

/**
 * What identity takes from its environment, beside what every service takes: PARTA_TOKEN_SIGNING_KEY_FILE (private JWK),
 * PARTA_FIRST_OPERATOR_LOGIN with PARTA_FIRST_OPERATOR_PASSWORD, PARTA_ACCESS_TOKEN_SECONDS (600), PARTA_IDLE_MINUTES
 * (30), PARTA_SESSION_DAYS (30).
 * @throws Error naming the variable that is missing or not a positive number
 */
export function identityConfig(env: NodeJS.ProcessEnv): IdentityConfig {
  const keyFile = env.PARTA_TOKEN_SIGNING_KEY_FILE;
  if (!keyFile) throw new Error('PARTA_TOKEN_SIGNING_KEY_FILE is not set');
  const number = (name: string): number | undefined => {
    if (!env[name]) return undefined;
    const value = Number(env[name]);
    if (!(value > 0)) throw new Error(`${name} has to be a positive number`);
    return value;
  };
  const login = env.PARTA_FIRST_OPERATOR_LOGIN;
  const password = env.PARTA_FIRST_OPERATOR_PASSWORD;
  if (login && !password) throw new Error('PARTA_FIRST_OPERATOR_PASSWORD is not set');
  return {
    signingKey: JSON.parse(readFileSync(keyFile, 'utf8')) as JWK,
    firstOperator: login && password ? { login, password } : undefined,
    accessTokenSeconds: number('PARTA_ACCESS_TOKEN_SECONDS'),
    idleMinutes: number('PARTA_IDLE_MINUTES'),
    sessionDays: number('PARTA_SESSION_DAYS'),
  };
}
