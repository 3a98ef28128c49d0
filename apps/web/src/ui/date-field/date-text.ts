const LOCALES: Record<string, string> = { ru: 'ru-RU', en: 'en-GB' };
const DAY_MS = 86_400_000;

const instantOf = (date: string) => new Date(`${date}T00:00:00Z`);

const made = new Map<string, Intl.DateTimeFormat>();
const formatter = (language: string, withYear: boolean): Intl.DateTimeFormat => {
  const key = `${language} ${withYear}`;
  let found = made.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(LOCALES[language] ?? 'ru-RU', {
      weekday: 'short',
      day: 'numeric',
      month: 'long',
      ...(withYear && { year: 'numeric' }),
      timeZone: 'UTC',
    });
    made.set(key, found);
  }
  return found;
};

/** «сб, 21 ноября», with the year when it is not that of today. */
export const inWords = (date: string, language: string, today: string): string =>
  formatter(language, date.slice(0, 4) !== today.slice(0, 4))
    .format(instantOf(date))
    .replace(/\s*г\.$/, '');

/** «21.11.2026» */
export const inFigures = (date: string): string => date.split('-').toReversed().join('.');

export const shift = (date: string, days: number): string =>
  new Date(instantOf(date).getTime() + days * DAY_MS).toISOString().slice(0, 10);

/**
 * What a person types for a date: «21.11.2026», «21.11.26», «21.11», «21112026», «21/11/2026», «21 11».
 * @param today gives the year when it is left out
 * @returns `YYYY-MM-DD`, or null for what is no date
 */
export function parseDate(text: string, today: string): string | null {
  const figures = text.trim();
  const match =
    /^(\d{1,2})[.\-/, ]+(\d{1,2})(?:[.\-/, ]+(\d{4}|\d{2}))?[.\s]*$/.exec(figures) ??
    /^(\d{2})(\d{2})(\d{4}|\d{2})?$/.exec(figures);
  if (!match) return null;
  const [, day, month, year = today.slice(0, 4)] = match;
  const date = `${year.length === 2 ? `20${year}` : year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  const instant = instantOf(date);
  return Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== date ? null : date;
}

/** Puts the dots while the figures are being typed; what is being erased stays as it is. */
export const withDots = (before: string, now: string): string =>
  now.length > before.length && (/^\d{2}$/.test(now) || /^\d{2}\.\d{2}$/.test(now)) ? `${now}.` : now;
