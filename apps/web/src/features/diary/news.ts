import type { Day, Lesson, Mark } from './types';

/** Mark id to the time it was put or corrected: a corrected mark is news again. */
export type Seen = Record<string, string>;

export interface News {
  date: string;
  lesson: Lesson;
  mark: Mark;
}

/** How far back a family that opens the diary for the first time is told of marks. */
const FIRST_VISIT_MS = 2 * 86_400_000;

export const marksOf = (days: readonly Day[]): News[] =>
  days.flatMap(({ date, lessons }) =>
    lessons.flatMap((lesson) => lesson.marks.map((mark) => ({ date, lesson, mark }))),
  );

/** A mark that was put first may arrive second. */
const OUT_OF_ORDER_MS = 3_600_000;

/** `seen` holds the marks of some weeks only: one that it lacks is new if it is as late as the latest of them. */
export function isNew({ markId, recordedAt }: Mark, seen: Seen | null, now: number): boolean {
  const known = seen?.[markId];
  if (known) return known !== recordedAt;
  const latest = Math.max(...Object.values(seen ?? {}).map((time) => Date.parse(time)));
  const since = Number.isFinite(latest) ? latest - OUT_OF_ORDER_MS : now - FIRST_VISIT_MS;
  return Date.parse(recordedAt) > since;
}

/** What was put since the last visit, the latest first. */
export const newsOf = (days: readonly Day[], seen: Seen | null, now: number): News[] =>
  marksOf(days)
    .filter(({ mark }) => isNew(mark, seen, now))
    .toSorted((a, b) => b.mark.recordedAt.localeCompare(a.mark.recordedAt));

export const seenOf = (days: readonly Day[]): Seen =>
  Object.fromEntries(marksOf(days).map(({ mark }) => [mark.markId, mark.recordedAt]));

/** A mark that was put and one that was corrected, of those that were not there before. */
export const appeared = (before: Seen, days: readonly Day[]): News[] =>
  marksOf(days).filter(({ mark }) => before[mark.markId] !== mark.recordedAt);

/**
 * The day as it was is not known when nothing on the screen shows it; then the last mark of the day is taken for the
 * one that the news is about.
 */
export function latestOf(days: readonly Day[]): News[] {
  const all = marksOf(days).toSorted((a, b) => b.mark.recordedAt.localeCompare(a.mark.recordedAt));
  return all.slice(0, 1);
}
