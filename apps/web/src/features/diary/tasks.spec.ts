import { describe, expect, it } from '@jest/globals';
import { nextSchoolDay, tasksFor, tasksOfLessons } from './tasks';
import type { Day, Lesson } from './types';

const lesson = (subjectTitle: string, text: string | null = null, dueDate: string | null = null): Lesson =>
  ({
    lessonId: subjectTitle,
    subjectTitle,
    homework: { text, individual: null, noHomework: false, dueDate },
  }) as Lesson;
const day = (date: string, ...lessons: Lesson[]): Day => ({ date, dayOff: null, lessons });

const days = [
  day('2026-11-16', lesson('Физика', 'too old'), lesson('История', 'read', '2026-11-23')),
  day('2026-11-19', lesson('Физика', 'solve'), lesson('Химия', 'later', '2026-11-24')),
  day('2026-11-20', lesson('Алгебра', 'learn'), lesson('Биология', 'another day')),
  day('2026-11-21'),
  day('2026-11-22'),
  day('2026-11-23', lesson('Алгебра'), lesson('Химия'), lesson('Физика')),
  day('2026-11-24', lesson('Биология')),
];

describe('homework for the next school day', () => {
  it('is for the first day with lessons', () => {
    expect(nextSchoolDay(days, '2026-11-20')?.date).toBe('2026-11-23');
    expect(nextSchoolDay(days, '2026-11-24')).toBeNull();
  });

  it('is what was given for that day, or at the last lesson of a subject that comes again that day', () => {
    const texts = tasksFor(days, '2026-11-23').map(({ lesson: { homework } }) => homework.text);
    expect(texts).toEqual(['learn', 'solve', 'read']);
  });

  it('knows when a task was given', () => {
    expect(tasksFor(days, '2026-11-24').map(({ givenOn }) => givenOn)).toEqual(['2026-11-20', '2026-11-19']);
  });
});

describe('homework in the diary of a day', () => {
  it('stands at the lesson it is due for, and that of a subject without one at the day', () => {
    const { byLesson, others } = tasksOfLessons(days, days[5]!);
    const texts = [...byLesson].map(([id, tasks]) => [id, tasks.map(({ lesson: one }) => one.homework.text)]);
    expect(texts).toEqual([
      ['Алгебра', ['learn']],
      ['Физика', ['solve']],
    ]);
    expect(others.map(({ lesson: one }) => one.homework.text)).toEqual(['read']);
  });
});
