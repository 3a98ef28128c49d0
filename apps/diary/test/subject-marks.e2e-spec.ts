import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStudent, aStudyGroup } from '@parta/contracts-contingent/testing';
import { aPeriod, aSchoolYear } from '@parta/contracts-curriculum/testing';
import { listSubjectMarks } from '@parta/contracts-diary';
import { anAttendance } from '@parta/contracts-journal/testing';
import { eventually } from '@parta/platform-testing';
import { DiaryUnderTest } from './diary-under-test.js';

describe('marks by subject', () => {
  let diary: DiaryUnderTest;

  beforeAll(async () => {
    diary = await DiaryUnderTest.start();
  }, 60_000);

  afterAll(() => diary?.stop());

  const marksOf = (periodId?: string) =>
    diary.bench.rpc.call(
      listSubjectMarks,
      { studentId: diary.pupil, periodId },
      { token: diary.motherToken },
    );

  it('counts averages plain and weighted over the current quarter', async () => {
    const answer = { workTypeTitle: 'Ответ на уроке', weight: 1 };
    await diary.tellLesson();
    for (const value of ['5', '4', '3']) await diary.tellMark(value);
    await diary.tellMark('2', { ...answer, date: '2026-10-01' });
    await diary.tellMark('2', answer);
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

  it('keeps marks and absences with a subject that gets another name', async () => {
    const { classId, groupId, teacherId, circumstances, pupil, tell } = diary;
    await tell(anAttendance({ ...circumstances, date: '2026-11-19' }, pupil, 'ILL'));
    await tell(
      aStudyGroup(groupId, { classId, teacherIds: [teacherId], subjectTitle: 'Алгебра и начала анализа' }),
      2,
    );
    await eventually(async () =>
      expect((await marksOf()).subjects).toMatchObject([
        { subjectTitle: 'Алгебра и начала анализа', average: 3.5, absences: 1 },
      ]),
    );
  });

  it('keeps those of a group the pupil is said to have left before', async () => {
    const { classId, pupil, tell } = diary;
    await tell(aStudent(pupil, { classId, enrolments: [] }), 2);
    await eventually(async () =>
      expect((await diary.bench.admin.query('select 1 from enrolments')).rowCount).toBe(1),
    );
    expect((await marksOf()).subjects).toMatchObject([{ average: 3.5, absences: 1 }]);
  });

  it('shows the running year through the summer, until the next begins at the school', async () => {
    const next = [aPeriod('I четверть 2027', '2027-09-01', '2027-10-24')];
    await diary.tell(
      aSchoolYear(randomUUID(), { startDate: '2027-09-01', endDate: '2028-05-31', periods: next }),
    );
    await eventually(async () =>
      expect((await diary.bench.admin.query('select 1 from school_years')).rowCount).toBe(2),
    );
    const titles = async () => (await marksOf()).periods.map((period) => period.title);
    // Yekaterinburg is five hours ahead: the last minute of 31 August there, and the first of 1 September.
    for (const summer of ['2027-06-15T06:00:00Z', '2027-08-31T18:59:00Z']) {
      diary.clock.set(summer);
      expect(await titles()).toEqual(['I четверть', 'II четверть']);
    }
    diary.clock.set('2027-08-31T19:01:00Z');
    expect(await titles()).toEqual(['I четверть 2027']);
  });
});
