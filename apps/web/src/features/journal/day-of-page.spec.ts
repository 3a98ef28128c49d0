import { describe, expect, it } from '@jest/globals';
import type { Schemas } from '../../api/types';
import { withDay } from './day-of-page';

const lesson = (lessonId: string, date: string, topic: string | null = null) =>
  ({ lessonId, date, topic }) as Schemas['PageLesson'];
const page = (lessons: Schemas['PageLesson'][], cells: string[] = []) =>
  ({ lessons, cells: cells.map((lessonId) => ({ lessonId })) }) as Schemas['JournalPageView'];

describe('a day of a journal page', () => {
  const before = page([lesson('a', '2026-11-02'), lesson('b', '2026-11-03')], ['a', 'b']);

  it('takes the place of what was known of it', () => {
    const after = withDay(before, page([lesson('b', '2026-11-03', 'Дроби')], ['b', 'b']), '2026-11-03');
    expect(after.lessons.map(({ topic }) => topic)).toEqual([null, 'Дроби']);
    expect(after.cells.map(({ lessonId }) => lessonId)).toEqual(['a', 'b', 'b']);
  });

  it('leaves the lessons alone when only marks are new', () => {
    expect(withDay(before, page([lesson('b', '2026-11-03')], []), '2026-11-03').lessons).toBe(before.lessons);
  });

  it('is not put into the page of another period', () => {
    expect(withDay(before, page([lesson('z', '2027-01-12')]), '2027-01-12')).toBe(before);
  });
});
