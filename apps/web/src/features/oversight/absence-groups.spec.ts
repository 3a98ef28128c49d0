import { byDayAndStudent, isUnexplained, type Absence } from './absence-groups';

const absence = (date: string, lessonNumber: number, studentName: string, change: Partial<Absence> = {}) => ({
  lessonId: `${date}-${lessonNumber}`,
  studentId: studentName,
  studentName,
  date,
  lessonNumber,
  subjectTitle: 'Алгебра',
  code: 'ABSENT' as const,
  minutesLate: null,
  reason: null,
  cellVersion: 1,
  ...change,
});

describe('absences of a class', () => {
  it('are shown by day, the newest first, and by pupil', () => {
    const days = byDayAndStudent([
      absence('2026-11-19', 2, 'Яшин Пётр'),
      absence('2026-11-20', 3, 'Яшин Пётр'),
      absence('2026-11-20', 1, 'Яшин Пётр'),
      absence('2026-11-20', 1, 'Ёлкина Анна'),
    ]);
    expect(days.map(([date]) => date)).toEqual(['2026-11-20', '2026-11-19']);
    expect(days[0]![1].map(({ name }) => name)).toEqual(['Ёлкина Анна', 'Яшин Пётр']);
    expect(days[0]![1][1]!.absences.map(({ lessonNumber }) => lessonNumber)).toEqual([1, 3]);
  });

  it('want a reason when nobody has said one', () => {
    expect(isUnexplained(absence('2026-11-20', 1, 'А'))).toBe(true);
    expect(isUnexplained(absence('2026-11-20', 1, 'А', { reason: 'Заявление' }))).toBe(false);
    expect(isUnexplained(absence('2026-11-20', 1, 'А', { code: 'ILL' }))).toBe(false);
    expect(isUnexplained(absence('2026-11-20', 1, 'А', { code: 'LATE' }))).toBe(false);
  });
});
