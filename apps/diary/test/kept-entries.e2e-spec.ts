import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStudent } from '@parta/contracts-contingent/testing';
import { lessonsOf } from '@parta/contracts-curriculum/testing';
import { anAttendance } from '@parta/contracts-journal/testing';
import { eventually } from '@parta/platform-testing';
import { DiaryUnderTest, TODAY } from './diary-under-test.js';

describe('what the family was told', () => {
  let diary: DiaryUnderTest;

  beforeAll(async () => {
    diary = await DiaryUnderTest.start();
    await diary.tellLesson();
    await diary.tellMark('5');
    await diary.tell(anAttendance(diary.circumstances, diary.pupil, 'LATE', { minutesLate: 10 }));
    await eventually(async () => expect((await diary.day()).lessons[0]?.absence).toBeTruthy());
  }, 60_000);

  afterAll(() => diary?.stop());

  it('is shown once when two enrolments of one group cover the day', async () => {
    const { pupil, classId, groupId, tell } = diary;
    const twice = [
      { groupId, from: '2026-09-01', to: null },
      { groupId, from: '2026-09-02', to: null },
    ];
    await tell(aStudent(pupil, { classId, enrolments: twice }), 2);
    await eventually(async () =>
      expect((await diary.bench.admin.query('select 1 from enrolments')).rowCount).toBe(3),
    );
    expect((await diary.day()).lessons).toHaveLength(1);
  });

  it('stays when a move is dated back before it', async () => {
    const { pupil, classId, groupId, tell } = diary;
    await tell(
      aStudent(pupil, { classId, enrolments: [{ groupId, from: '2026-09-01', to: '2026-11-10' }] }),
      3,
    );
    await eventually(async () =>
      expect((await diary.bench.admin.query('select 1 from enrolments')).rowCount).toBe(2),
    );
    const { lessons } = await diary.day();
    expect(lessons).toEqual([
      expect.objectContaining({
        marks: [expect.objectContaining({ value: '5' })],
        absence: expect.anything(),
      }),
    ]);
  });

  it('stays when the schedule has the lesson no more', async () => {
    await diary.tell(lessonsOf(diary.groupId, []), 2);
    await eventually(async () =>
      expect((await diary.bench.admin.query('select 1 from lessons where is_removed')).rowCount).toBe(1),
    );
    expect((await diary.day()).lessons).toMatchObject([{ marks: [{ value: '5' }] }]);
    expect((await diary.day()).date).toBe(TODAY);
  });
});
