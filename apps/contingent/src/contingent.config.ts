import type { ContingentConfig } from './contingent.js';

/**
 * Contingent's settings from the environment; nothing else of the service reads it.
 * PARTA_TIME_ZONE: IANA time zone of schools that the roster gives none for, Europe/Moscow unless said.
 * PARTA_ROSTER_MAX_ENDED_SHARE: share of active enrolments that a package may end without a person's decision, 0.05 unless said.
 * @throws Error naming the variable whose value cannot be used
 */
export function configFrom(env: NodeJS.ProcessEnv): ContingentConfig {
  const share = env.PARTA_ROSTER_MAX_ENDED_SHARE;
  if (share !== undefined && !(Number(share) >= 0 && Number(share) <= 1)) {
    throw new Error(`PARTA_ROSTER_MAX_ENDED_SHARE is a share between 0 and 1, not "${share}"`);
  }
  return {
    defaultTimeZone: env.PARTA_TIME_ZONE ?? 'Europe/Moscow',
    ...(share !== undefined && { maxEndedShare: Number(share) }),
  };
}
