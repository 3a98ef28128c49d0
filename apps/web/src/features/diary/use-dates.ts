import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface Dates {
  /** «сб, 21 ноября», with the year when it is not this one */
  day(date: string): string;
  /** «21.11» */
  short(date: string): string;
  /** «16–22 ноября», «28 сент. – 4 окт.» */
  span(from: string, to: string): string;
}

function makeDates(language: string): Dates {
  const locale = language === 'en' ? 'en-GB' : 'ru-RU';
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  const day = make({ weekday: 'short', day: 'numeric', month: 'long' });
  const dayOfYear = make({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' });
  const short = make({ day: '2-digit', month: '2-digit' });
  const span = make({ day: 'numeric', month: 'long' });
  const longSpan = make({ day: 'numeric', month: 'short' });
  const at = (date: string) => new Date(`${date}T00:00:00Z`);
  const isThisYear = (date: string) => Number(date.slice(0, 4)) === new Date().getFullYear();
  return {
    day: (date) => (isThisYear(date) ? day : dayOfYear).format(at(date)),
    short: (date) => short.format(at(date)),
    span: (from, to) => (from.slice(0, 7) === to.slice(0, 7) ? span : longSpan).formatRange(at(from), at(to)),
  };
}

/** Calendar dates in words: they have no time zone, unlike the instants of `useFormats`. */
export function useDates(): Dates {
  const { i18n } = useTranslation();
  return useMemo(() => makeDates(i18n.language), [i18n.language]);
}
