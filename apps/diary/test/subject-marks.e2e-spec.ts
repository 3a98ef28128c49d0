import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listSubjectMarks } from '@parta/contracts-diary';
import { eventually } from '@parta/platform-testing';
import { DiaryUnderTest } from './diary-under-test.js';

describe('marks by subject', () => {
  let diary: DiaryUnderTest;

  beforeAll(async () => {
    diary = await DiaryUnderTest.start();
  }, 60_000);

  afterAll(() => diary?.stop());

  it('counts averages plain and weighted over the current quarter', async () => {
    const answer = { workTypeTitle: 'Ответ на уроке', weight: 1 };
    await diary.tellLesson();
    for (const value of ['5', '4', '3']) await diary.tellMark(value);
    await diary.tellMark('2', { ...answer, date: '2026-10-01' });
    await diary.tellMark('2', answer);
    const marksOf = (periodId?: string) =>
      diary.bench.rpc.call(
        listSubjectMarks,
        { studentId: diary.pupil, periodId },
        { token: diary.motherToken },
      );
    const view = await eventually(async () => {
      const found = await marksOf();
      expect(found.subjects[0]!.marks).toHaveLength(4);
      return found;
    });
    expect(view.periods.map((period) => period.title)).toEqual(['I четверть', 'II четверть']);
    expect(view.periods.find((period) => period.periodId === view.periodId)!.title).toBe('II четверть');
    // 5, 4 and 3 of weight 3, and a 2 of weight 1.
    expect(view.subjects).toEqual([
      expect.objectContaining({ subjectTitle: 'Алгебра', average: 3.5, weightedAverage: 3.8, absences: 0 }),
    ]);
    const first = await marksOf(view.periods[0]!.periodId);
    expect(first.subjects[0]).toMatchObject({ average: 2 });
  });
});
