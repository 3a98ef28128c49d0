/** Calendar dates are plain `YYYY-MM-DD` here: read and counted as UTC they stay the same day everywhere. */
const DAY_MS = 86_400_000;

const utc = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export function isDate(value: string | null | undefined): value is string {
  if (!value || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const ms = utc(value);
  return !Number.isNaN(ms) && iso(ms) === value;
}

export const addDays = (date: string, days: number): string => iso(utc(date) + days * DAY_MS);

/** 0 is Monday, 6 is Sunday. */
export const weekday = (date: string): number => (new Date(utc(date)).getUTCDay() + 6) % 7;

export const mondayOf = (date: string): string => addDays(date, -weekday(date));

/** What is today at the school. */
export const todayIn = (timeZone: string | undefined, now = new Date()): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    now,
  );

/** The Monday of the week in the address; anything else there means the current week. */
export const weekIn = (value: string | null, today: string): string =>
  mondayOf(isDate(value) ? value : today);
