import { DomainError } from '@parta/platform-errors';
import type { Actor } from '@parta/platform-rpc';
import { DateTime } from 'luxon';
import { todayIn, type SchoolYear } from './school-year.js';

/** The calendar is kept by the school's administration (R72, R99). */
export const onlyTheAdministrationSetsTheCalendar = (actor: Actor, schoolId: string): void =>
  actor.mustHave(['administrator', 'director', 'deputy-head'], schoolId);

/**
 * What has been is not laid anew.
 * @param daysAfterEnd how far beyond the end of the academic year the day may lie
 * @throws DomainError `curriculum.outside-school-year`, `curriculum.day-is-over`
 */
export function onlyComingDaysChange(
  year: SchoolYear | null,
  date: string,
  now: Date,
  daysAfterEnd = 0,
): asserts year is SchoolYear {
  const last = year && DateTime.fromISO(year.endDate).plus({ days: daysAfterEnd }).toISODate()!;
  if (!year || !last || date < year.startDate || date > last) {
    throw new DomainError(
      'invalid',
      'curriculum.outside-school-year',
      'the day is not in the current academic year',
    );
  }
  if (date < todayIn(year.timeZone, now)) {
    throw new DomainError('conflict', 'curriculum.day-is-over', 'the day is over');
  }
}
