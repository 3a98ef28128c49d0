import { useContext } from 'react';
import { TimeZoneContext } from '../../i18n/use-formats';

/** Formatters take long to make. */
const made = new Map<string, Intl.DateTimeFormat>();

function formatterOf(name: 'day' | 'time', timeZone: string | undefined): Intl.DateTimeFormat {
  const key = `${name} ${timeZone ?? ''}`;
  let formatter = made.get(key);
  if (!formatter) {
    formatter =
      name === 'day'
        ? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
        : new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
    made.set(key, formatter);
  }
  return formatter;
}

/** The date in the school’s time zone: at the school’s midnight, not the browser’s, a new day begins. */
export const useToday = (): string => formatterOf('day', useContext(TimeZoneContext)).format(new Date());

/** «14:32» of the school now. */
export const useClock = (): string => formatterOf('time', useContext(TimeZoneContext)).format(new Date());

export function addDays(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

export const isDate = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

/** Whether that moment has passed. */
export const isPast = (instant: string): boolean => Date.parse(instant) < Date.now();
