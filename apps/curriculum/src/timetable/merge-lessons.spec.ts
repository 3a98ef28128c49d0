import { describe, expect, it } from '@jest/globals';
import { mergeLessons, type StoredLesson } from './merge-lessons.js';

const lesson = (over: Partial<StoredLesson>): StoredLesson => ({
  lessonId: '',
  groupId: 'group',
  date: '2026-11-28',
  lessonNumber: 1,
  startsAt: '08:30',
  endsAt: '09:15',
  room: null,
  teacherId: 'teacher',
  isRemoved: false,
  isOutsideTimetable: false,
  ...over,
});

const morning = lesson({ lessonId: 'morning' });
const evening = lesson({ lessonId: 'evening', lessonNumber: 8, startsAt: '15:30', endsAt: '16:15' });
const earlier = lesson({ lessonId: 'earlier', date: '2026-11-27' });
const stored = [earlier, morning, evening];
const now = '2026-11-28T10:00';

describe('a lesson that has begun by the school\u2019s clock', () => {
  it.each<[string, StoredLesson[], boolean?]>([
    ['the timetable has no lessons any more, or the day is off', [], true],
    ['another teacher takes the group', stored.map((one) => ({ ...one, lessonId: '', teacherId: 'other' }))],
    [
      'the bells and the room change',
      stored.map((one) => ({ ...one, lessonId: '', startsAt: '09:00', room: '7' })),
    ],
    ['another hour is taught', [lesson({ lessonNumber: 3, startsAt: '10:30' })], true],
  ])('stays as it is when %s', (_, wanted, isOutsideTimetable = false) => {
    const merged = mergeLessons(stored, wanted, now)!;
    expect(merged.lessons).toEqual(expect.arrayContaining([earlier, { ...morning, isOutsideTimetable }]));
    expect(merged.lessons.filter((one) => one.date === '2026-11-28' && one.lessonNumber === 1)).toHaveLength(
      1,
    );
    expect(merged.removed).not.toContain('morning');
  });

  it('is in the timetable again when the hour is taught after all', () => {
    const dropped = { ...morning, isOutsideTimetable: true };
    const merged = mergeLessons([dropped], [lesson({})], now)!;
    expect(merged).toMatchObject({ lessons: [morning], removed: [], added: 0 });
    expect(mergeLessons([dropped], [], now)).toBeNull();
  });

  it('begins with its minute', () => {
    expect(mergeLessons(stored, [], '2026-11-28T08:30')!.removed).toEqual(['evening']);
    expect(mergeLessons(stored, [], '2026-11-28T08:29')!.removed).toEqual(['morning', 'evening']);
  });
});

describe('a lesson still to come', () => {
  it('goes with the timetable, and returns under the id it had', () => {
    expect(mergeLessons(stored, [], now)!.removed).toEqual(['evening']);
    const again = mergeLessons(
      [earlier, morning, { ...evening, isRemoved: true }],
      [{ ...evening, lessonId: '', teacherId: 'other' }],
      now,
    )!;
    expect(again.lessons.at(-1)).toEqual({ ...evening, teacherId: 'other' });
  });

  it('is not laid anew when nothing changes', () => {
    expect(mergeLessons(stored, [morning, evening], now)).toBeNull();
  });
});
