/** What the choice of a year needs of it. */
export interface DatedYear {
  /** ids are UUIDv7: of two records of one year the newer has the greater id */
  id: string;
  /** both included, YYYY-MM-DD */
  startDate: string;
  endDate: string;
}

/**
 * The academic year that people mean by «this year»: the one that runs, and after its end until the next begins the one
 * that has ended. A school whose first year is still to come has that one. Where several records cover the day, the one
 * recorded last counts.
 * @param years of one school, in any order
 * @param today the school's calendar date
 */
export function runningYear<T extends DatedYear>(years: readonly T[], today: string): T | null {
  const newestFirst = years.toSorted((a, b) => (a.id < b.id ? 1 : -1));
  const latestFirst = newestFirst.toSorted((a, b) => b.startDate.localeCompare(a.startDate));
  return (
    newestFirst.find((year) => year.startDate <= today && today <= year.endDate) ??
    latestFirst.find((year) => year.startDate <= today) ??
    latestFirst.at(-1) ??
    null
  );
}
