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

/** A year's title with those of its periods that count for a class. */
export interface PeriodsOfYear {
  title: string;
  periods: Period[];
}

/** What can be chosen: the running year of a school, then the earlier ones, the latest first. */
export const periodsByYear = (
  { years, earlier }: Schemas['SchoolYearList'],
  schoolId: string | undefined,
  classTitle: string | null,
): PeriodsOfYear[] =>
  [...years, ...earlier]
    .filter((year) => year.schoolId === schoolId)
    .map(({ title, periods }) => ({ title, periods: periodsFor(periods, classTitle) }));

/** Choices of a period for a list; by year where there are several. */
export function periodChoices(years: readonly PeriodsOfYear[]) {
  const itemsOf = ({ periods }: PeriodsOfYear) =>
    periods.map((one) => ({ value: one.periodId, label: one.title }));
  if (years.length <= 1) return years.flatMap(itemsOf);
  return years.map((year) => ({ group: year.title, items: itemsOf(year) }));
}

/** The period of today; in the holidays the one that has just ended. */
export const currentPeriod = (periods: readonly Period[], today: string): Period | null =>
  periods.find(({ startDate, endDate }) => startDate <= today && today <= endDate) ??
  periods.findLast(({ endDate }) => endDate < today) ??
  periods[0] ??
  null;
