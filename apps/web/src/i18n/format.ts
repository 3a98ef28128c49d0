const LOCALES: Record<string, string> = { ru: 'ru-RU', en: 'en-GB' };

export interface Formats {
  /** «сб, 21 ноября», with the year when it is not the current one */
  day(date: string | Date): string;
  /** «21.11.2026»: for tables and papers */
  date(date: string): string;
  /** «14:32» */
  time(instant: string | Date): string;
  /** «сб, 21 ноября, 14:32»; «сегодня, 14:32» */
  moment(instant: string): string;
  /** «сегодня, 14:32», «10.11.2026»: for narrow columns */
  stamp(instant: string): string;
  /** «18:00 сегодня», «10.11.2026»: after «до» */
  deadline(instant: string): string;
  /** «21.11.2026, 09:23» */
  exact(instant: string): string;
  number(value: number): string;
  /** «4,25» */
  average(value: number): string;
  /** «12,4 МБ» */
  bytes(size: number): string;
  /** «UTC+5» */
  zone(timeZone: string): string;
  compare(a: string, b: string): number;
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** @param today the word for today in that language */
export function makeFormats(language: string, timeZone: string | undefined, today: string): Formats {
  const locale = LOCALES[language] ?? 'ru-RU';
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const thisYear = make({ weekday: 'short', day: 'numeric', month: 'long' });
  const anotherYear = make({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' });
  const time = make({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const numeric = new Intl.DateTimeFormat(locale, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const zoned = make({ day: '2-digit', month: '2-digit', year: 'numeric' });
  const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const number = new Intl.NumberFormat(locale);
  const average = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const collator = new Intl.Collator(locale, { numeric: true });

  const day = (value: string | Date): string => {
    const date = new Date(value);
    return (date.getFullYear() === new Date().getFullYear() ? thisYear : anotherYear).format(date);
  };
  return {
    day,
    // A calendar date has no time zone: read and written as UTC it stays the same day everywhere.
    date: (value) => numeric.format(new Date(`${value}T00:00:00Z`)),
    time: (instant) => time.format(new Date(instant)),
    moment: (instant) => {
      const date = new Date(instant);
      const isToday = isoDay.format(date) === isoDay.format(new Date());
      return `${isToday ? today : day(date)}, ${time.format(date)}`;
    },
    stamp: (instant) => {
      const date = new Date(instant);
      const isToday = isoDay.format(date) === isoDay.format(new Date());
      return isToday ? `${today}, ${time.format(date)}` : zoned.format(date);
    },
    deadline: (instant) => {
      const date = new Date(instant);
      const isToday = isoDay.format(date) === isoDay.format(new Date());
      return isToday ? `${time.format(date)} ${today}` : zoned.format(date);
    },
    exact: (instant) => `${zoned.format(new Date(instant))}, ${time.format(new Date(instant))}`,
    number: (value) => number.format(value),
    average: (value) => average.format(value),
    bytes: (size) => {
      const power = Math.min(UNITS.length - 1, size > 0 ? Math.floor(Math.log(size) / Math.log(1024)) : 0);
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: UNITS[power],
        maximumFractionDigits: power > 1 ? 1 : 0,
      }).format(size / 1024 ** power);
    },
    zone: (name) => {
      const parts = new Intl.DateTimeFormat(locale, { timeZone: name, timeZoneName: 'shortOffset' });
      const offset = parts.formatToParts(new Date()).find(({ type }) => type === 'timeZoneName');
      return offset?.value.replace('GMT', 'UTC') ?? name;
    },
    compare: collator.compare,
  };
}
