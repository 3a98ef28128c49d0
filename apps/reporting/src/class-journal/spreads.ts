/** Lessons that find room on one page of marks; an opening of the journal is a page of marks and a page of topics. */
export const LESSONS_PER_SPREAD = 24;

/** Cuts lessons into openings of nearly equal size: no opening with two lonely columns at the end. */
export function spreadsOf<T>(lessons: readonly T[], most = LESSONS_PER_SPREAD): T[][] {
  const count = Math.ceil(lessons.length / most);
  const size = Math.ceil(lessons.length / count);
  return Array.from({ length: count }, (_, i) => lessons.slice(i * size, (i + 1) * size));
}

/** Neighbouring lessons of one month: the first one's index, their number, and the month (1–12). */
export function monthsOf(dates: readonly string[]): { start: number; length: number; month: number }[] {
  const months: { start: number; length: number; month: number; key: string }[] = [];
  dates.forEach((date, start) => {
    const key = date.slice(0, 7);
    const last = months.at(-1);
    if (last?.key === key) last.length += 1;
    else months.push({ start, length: 1, month: Number(date.slice(5, 7)), key });
  });
  return months.map(({ key: _, ...month }) => month);
}
