import { DomainError } from '@parta/platform-errors';
import type { Actor } from '@parta/platform-rpc';
import { todayIn, type SchoolYear } from './school-year.js';

/** The calendar is kept by the school's administration (R72, R99). */
export const onlyTheAdministrationSetsTheCalendar = (actor: Actor, schoolId: string): void =>
  actor.mustHave(['administrator', 'director', 'deputy-head'], schoolId);

/** What has been is not laid anew. */
export function onlyComingDaysChange(
  year: SchoolYear | null,
  date: string,
  now: Date,
): asserts year is SchoolYear {
  if (!year || date < year.startDate || date > year.endDate) {
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
