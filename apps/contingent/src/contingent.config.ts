import type { ContingentConfig } from './contingent.js';

/**
 * Contingent's settings from the environment; nothing else of the service reads it.
 * PARTA_TIME_ZONE: IANA time zone of schools that the roster gives none for, Europe/Moscow unless said.
 * PARTA_ROSTER_MAX_ENDED_SHARE: share of active enrolments that a package may end without a person's decision, 0.05 unless said.
 * PARTA_ROSTERS_WAITING: packages of one sender that may be queued or under way, 20 unless said.
 * @throws Error naming the variable whose value cannot be used
 */
export function configFrom(env: NodeJS.ProcessEnv): ContingentConfig {
  // Empty is not set: so compose hands on what nobody has said.
  const share = env.PARTA_ROSTER_MAX_ENDED_SHARE || undefined;
  if (share !== undefined && !(Number(share) >= 0 && Number(share) <= 1)) {
    throw new Error(`PARTA_ROSTER_MAX_ENDED_SHARE is a share between 0 and 1, not "${share}"`);
  }
  const waiting = env.PARTA_ROSTERS_WAITING || undefined;
  if (waiting !== undefined && !(Number.isInteger(Number(waiting)) && Number(waiting) >= 1)) {
    throw new Error(`PARTA_ROSTERS_WAITING is a whole number from 1, not "${waiting}"`);
  }
  return {
    defaultTimeZone: env.PARTA_TIME_ZONE || 'Europe/Moscow',
    ...(share !== undefined && { maxEndedShare: Number(share) }),
    ...(waiting !== undefined && { maxRostersWaiting: Number(waiting) }),
  };
}
