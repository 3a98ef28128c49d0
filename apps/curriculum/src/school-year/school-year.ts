import type { Bell, DayOff, PeriodView, SchoolDayTransfer } from '@parta/contracts-curriculum';
import { DateTime } from 'luxon';

/** The academic year of a school: periods, days off, bells. */
export interface SchoolYear {
  id: string;
  schoolId: string;
  title: string;
  startDate: string;
  endDate: string;
  timeZone: string;
  schoolKind: 'school' | 'college';
  periods: PeriodView[];
  daysOff: DayOff[];
  transfers: SchoolDayTransfer[];
  bells: Bell[];
}

/** How long after the academic year's end lessons may still be held by transfer (practice, retakes), in days. */
export const TRANSFERS_AFTER_END_DAYS = 92;

/** Today's calendar date in a time zone. */
export const todayIn = (timeZone: string, now: Date): string =>
  DateTime.fromJSDate(now, { zone: timeZone }).toISODate()!;

/** The local time in a time zone to the minute, `2026-11-28T10:00`; texts of this form compare as times do. */
export const momentIn = (timeZone: string, now: Date): string =>
  DateTime.fromJSDate(now, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm");

/**
 * Days on which lessons are laid, each with the weekday whose timetable is taught: within a study period and no day off,
 * and those taught by the timetable of another weekday (R72). What lies between two quarters is a school
 * break, for years 10–11 too, though their periods are half-years (R71); a college has its half-years only.
 */
export function teachingDays(year: SchoolYear): { date: string; weekday: number }[] {
  const finest = ['quarter', 'trimester', 'half-year', 'semester'];
  const kinds = year.schoolKind === 'college' ? finest.slice(2) : finest;
  const kind = kinds.find((candidate) => year.periods.some((period) => period.kind === candidate));
  const periods = kind ? year.periods.filter((period) => period.kind === kind) : [year];
  const off = new Set(year.daysOff.map((day) => day.date));
  const transferred = new Set(year.transfers.map((transfer) => transfer.date));
  const days: { date: string; weekday: number }[] = [];
  for (const { startDate, endDate } of periods) {
    for (let day = DateTime.fromISO(startDate, { zone: 'utc' }); ; day = day.plus({ days: 1 })) {
      const date = day.toISODate()!;
      if (date > endDate) break;
      if (!off.has(date) && !transferred.has(date)) days.push({ date, weekday: day.weekday });
    }
  }
  days.push(...year.transfers);
  // Periods of a faulty calendar may touch or overlap; a day is taught once.
  const byDate = new Map(days.map((day) => [day.date, day]));
  return [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Public holidays by the Labour Code, art. 112, that fall into lessons; transfers of days off are set by the school. */
const PUBLIC_HOLIDAYS: [monthDay: string, title: string][] = [
  ['11-04', 'День народного единства'],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((day): [string, string] => [
    `01-0${day}`,
    day === 7 ? 'Рождество Христово' : 'Новогодние каникулы',
  ]),
  ['02-23', 'День защитника Отечества'],
  ['03-08', 'Международный женский день'],
  ['05-01', 'Праздник Весны и Труда'],
  ['05-09', 'День Победы'],
  ['06-12', 'День России'],
];

/** The public holidays between two dates. */
export function publicHolidays(startDate: string, endDate: string): DayOff[] {
  const years = [Number(startDate.slice(0, 4)), Number(endDate.slice(0, 4))];
  return [...new Set(years)]
    .flatMap((year) =>
      PUBLIC_HOLIDAYS.map(([monthDay, title]) => ({
        date: `${year}-${monthDay}`,
        kind: 'public-holiday',
        title,
      })),
    )
    .filter((day) => day.date >= startDate && day.date <= endDate)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Bells a school begins with: from 08:30, lessons of 45 minutes, two long breaks. */
export function defaultBells(): Bell[] {
  const breaks = [10, 15, 15, 10, 10, 10, 10];
  let start = DateTime.fromObject({ hour: 8, minute: 30 }, { zone: 'utc' });
  return [1, 2, 3, 4, 5, 6, 7, 8].map((lessonNumber) => {
    const end = start.plus({ minutes: 45 });
    const bell = { lessonNumber, startsAt: start.toFormat('HH:mm'), endsAt: end.toFormat('HH:mm') };
    start = end.plus({ minutes: breaks[lessonNumber - 1] ?? 10 });
    return bell;
  });
}
