import type { Schemas } from '../../api/types';

type Period = Schemas['PeriodView'];
const SENIOR_KINDS = ['half-year', 'semester'];

/** Years 1–9 have quarters or trimesters, 10–11 and colleges half-years or semesters; a school may have both. */
export function periodsFor(periods: readonly Period[], classTitle: string | null): Period[] {
  const year = Number.parseInt(classTitle ?? '', 10);
  const isSenior = year >= 10 || (classTitle !== null && Number.isNaN(year));
  const fitting = periods.filter(({ kind }) => SENIOR_KINDS.includes(kind) === isSenior);
  return (fitting.length > 0 ? fitting : [...periods]).toSorted((a, b) =>
    a.startDate.localeCompare(b.startDate),
  );
}

/** The period of today; in the holidays the one that has just ended. */
export const currentPeriod = (periods: readonly Period[], today: string): Period | null =>
  periods.find(({ startDate, endDate }) => startDate <= today && today <= endDate) ??
  periods.findLast(({ endDate }) => endDate < today) ??
  periods[0] ??
  null;
