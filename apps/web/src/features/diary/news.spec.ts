import { describe, expect, it } from '@jest/globals';
import { appeared, latestOf, newsOf, seenOf } from './news';
import type { Day, Lesson, Mark } from './types';

const mark = (markId: string, recordedAt: string): Mark => ({
  markId,
  recordedAt,
  value: '5',
  workTypeTitle: 'Ответ на уроке',
  weight: 1,
  comment: null,
  previousValue: null,
});
const lesson = (subjectTitle: string, ...marks: Mark[]) => ({ subjectTitle, marks }) as Lesson;
const day = (date: string, ...lessons: Lesson[]): Day => ({ date, dayOff: null, lessons });

const old = mark('old', '2026-11-10T05:00:00Z');
const first = mark('first', '2026-11-20T05:00:00Z');
const second = mark('second', '2026-11-20T09:00:00Z');
const days = [
  day('2026-11-10', lesson('Химия', old)),
  day('2026-11-20', lesson('Алгебра', second), lesson('География', first)),
];
const now = Date.parse('2026-11-21T05:00:00Z');
const ids = (news: { mark: Mark }[]) => news.map((one) => one.mark.markId);

describe('what is new in the diary', () => {
  it('is what the last visit did not show, the latest first', () => {
    expect(ids(newsOf(days, { old: old.recordedAt }, now))).toEqual(['second', 'first']);
  });

  it('is a mark that was corrected since', () => {
    expect(ids(newsOf(days, { ...seenOf(days), old: '2026-11-09T05:00:00Z' }, now))).toEqual(['old']);
  });

  it('is not a mark of a week that was not looked at', () => {
    const earlier = [day('2026-10-01', lesson('Химия', mark('earlier', '2026-10-01T05:00:00Z')))];
    expect(newsOf(earlier, seenOf(days), now)).toEqual([]);
  });

  it('is nothing once everything was seen', () => {
    expect(newsOf(days, seenOf(days), now)).toEqual([]);
  });

  it('is what was put in the last two days at the first visit', () => {
    expect(ids(newsOf(days, null, now))).toEqual(['second', 'first']);
  });

  it('is told apart from what the screen showed before', () => {
    expect(ids(appeared({ old: old.recordedAt, first: first.recordedAt }, days))).toEqual(['second']);
    expect(ids(latestOf(days))).toEqual(['second']);
    expect(latestOf([])).toEqual([]);
  });
});
