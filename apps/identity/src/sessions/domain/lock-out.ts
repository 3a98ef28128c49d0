/** Failures of one login that are borne without a pause. */
export const FREE_FAILURES = 5;
const FIRST_LOCK_SECONDS = 30;
const LONGEST_LOCK_SECONDS = 15 * 60;

/** After this many hours without a failure they are forgotten. */
export const FAILURES_FORGOTTEN_AFTER_HOURS = 24;

/** For how many seconds a login is locked after so many failures in a row: 30 at the fifth, doubling up to 15 minutes. */
export function lockSeconds(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(FIRST_LOCK_SECONDS * 2 ** (failures - FREE_FAILURES), LONGEST_LOCK_SECONDS);
}
