import type { AttemptSource } from './attempt-source.js';

/** Failures in a row of one source that are borne without a pause. */
export const FREE_FAILURES = 5;
/** From so many failures of all unknown sources on, a login is taken to be guessed at from many addresses. */
export const FAILURES_OF_A_CROWD = 20;
const FIRST_LOCK_SECONDS = 30;
const LONGEST_LOCK_SECONDS = 15 * 60;

/** After this many hours without a failure they are forgotten. */
export const FAILURES_FORGOTTEN_AFTER_HOURS = 24;

/**
 * For how many seconds a source is locked for a login: 30 after its fifth failure in a row, doubling up to 15 minutes. An unknown source
 * of a login that is guessed at from many addresses is locked for 15 minutes after its first. Whoever has the right password comes in
 * from any source that has not failed.
 * @param failures of the source, in a row
 * @param ofUnknown failures of all unknown sources of the login, this one included
 */
export function lockSeconds(failures: number, { isKnown }: AttemptSource, ofUnknown: number): number {
  if (failures === 0) return 0;
  if (!isKnown && ofUnknown >= FAILURES_OF_A_CROWD) return LONGEST_LOCK_SECONDS;
  if (failures < FREE_FAILURES) return 0;
  return Math.min(FIRST_LOCK_SECONDS * 2 ** (failures - FREE_FAILURES), LONGEST_LOCK_SECONDS);
}
