import { readFileSync } from 'node:fs';
import { needed, type Settings } from '@parta/platform-rpc';
import type { JWK } from 'jose';
import type { IdentityConfig } from './identity.settings.js';

/**
 * What a process of identity takes from its settings, beside what every service takes.
 * @throws Error naming the setting that is missing
 */
export const identityConfig = (settings: Settings): IdentityConfig => ({
  signingKey: JSON.parse(readFileSync(needed(settings, 'PARTA_TOKEN_SIGNING_KEY_FILE'), 'utf8')) as JWK,
  firstOperator: firstOperatorOf(settings),
  demoPassword: demoPasswordOf(settings),
  ...livesOf(settings),
});

/** The password of the demo's accounts is public by purpose: it holds invented people only. */
export const DEMO_PASSWORD = 'parta-demo-2026';

/** What is taken as a password although everybody knows it. */
export const demoPasswordOf = ({ PARTA_DEMO: isDemo }: Settings): string | undefined =>
  isDemo ? DEMO_PASSWORD : undefined;

/** The first operator, if there is a password for one. */
export function firstOperatorOf({
  PARTA_FIRST_OPERATOR_LOGIN: login,
  PARTA_FIRST_OPERATOR_PASSWORD: password,
}: Settings): IdentityConfig['firstOperator'] {
  return password ? { login, password } : undefined;
}

/** How long tokens and sessions live. */
export const livesOf = (
  settings: Settings,
): Pick<IdentityConfig, 'accessTokenSeconds' | 'idleMinutes' | 'sessionDays'> => ({
  accessTokenSeconds: settings.PARTA_ACCESS_TOKEN_SECONDS,
  idleMinutes: settings.PARTA_IDLE_MINUTES,
  sessionDays: settings.PARTA_SESSION_DAYS,
});
