import type { CellView, JournalEntry } from '@parta/contracts-journal';
import type { Lesson, School } from '../schools.js';
import type { PageOf } from './open-page.js';

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** The days on which the invented schools have lessons. */
const range = () => ({ from: daysAgo(13), to: daysAgo(1) });

/** In an order of their own: they come as PostgreSQL finds them, which changes once it has counted its rows. */
const cellsOf = (lessonId: string, cells: readonly CellView[]): CellView[] =>
  cells.filter((cell) => cell.lessonId === lessonId).sort((a, b) => a.studentId.localeCompare(b.studentId));

/** The diary of a pupil, as its family or the pupil itself has it open. */
export function diaryPage(studentId: string, token: string): PageOf {
  return {
    name: `the diary of ${studentId}`,
    token,
    livePath: '/api/v1/live',
    ...range(),
    pathOf: (from, to) => `/api/v1/diary/${studentId}/days?from=${from}&to=${to}`,
    daysOf: ({ days }: { days: { date: string }[] }) =>
      new Map(days.map((day) => [day.date, JSON.stringify(day)])),
    isOurs: (change) => change.kind !== 'journal' && change.studentId === studentId,
    changesOf: (_lesson, entries: readonly JournalEntry[]) =>
      entries.filter((entry) => entry.studentId === studentId).length,
  };
}

/** The journal of a group, as a colleague of its teacher has it open. */
export function journalPage({ schoolId }: School, groupId: string, token: string): PageOf {
  return {
    name: `the journal of ${groupId} in ${schoolId}`,
    token,
    livePath: `/api/v1/live?journal=${groupId}`,
    ...range(),
    pathOf: (from, to) => `/api/v1/journal/journals/${groupId}/page?from=${from}&to=${to}`,
    daysOf: ({ lessons, cells }: { lessons: { lessonId: string; date: string }[]; cells: CellView[] }) => {
      const days = new Map<string, string>();
      for (const { lessonId, date } of lessons)
        days.set(date, (days.get(date) ?? '') + JSON.stringify(cellsOf(lessonId, cells)));
      return days;
    },
    isOurs: (change) => change.kind === 'journal' && change.groupId === groupId,
    changesOf: (lesson: Lesson) => (lesson.groupId === groupId ? 1 : 0),
  };
}
