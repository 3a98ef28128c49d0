import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listDiaryDays } from '@parta/contracts-diary';
import { aDescription, anAttendance } from '@parta/contracts-journal/testing';
import { eventually } from '@parta/platform-testing';
import { DiaryUnderTest, TODAY } from './diary-under-test.js';

describe('days of the diary', () => {
  let diary: DiaryUnderTest;

  beforeAll(async () => {
    diary = await DiaryUnderTest.start();
  }, 60_000);

  afterAll(() => diary?.stop());

  it('keeps what the teacher wrote even when the lesson itself is heard of later', async () => {
    const { circumstances, pupil, classmate, tell } = diary;
    await diary.tellMark('5', { comment: 'Молодец' });
    await tell(
      aDescription(circumstances, {
        topic: 'Степень',
        homework: { text: '§ 12', individual: [{ studentId: pupil, text: '№ 350' }] },
        commentForFamilies: 'Принести тетради',
      }),
    );
    await tell(anAttendance(circumstances, pupil, 'LATE', { minutesLate: 10 }));
    await diary.tellLesson();
    await eventually(async () =>
      expect(await diary.day()).toMatchObject({
        date: TODAY,
        dayOff: null,
        lessons: [
          {
            subjectTitle: 'Алгебра',
            teacher: 'Иванова Анна',
            room: 'каб. 12',
            topic: 'Степень',
            homework: { text: '§ 12', individual: '№ 350', noHomework: false },
            comment: 'Принести тетради',
            marks: [{ value: '5', workTypeTitle: 'Контрольная работа', weight: 3, comment: 'Молодец' }],
            absence: { code: 'LATE', minutesLate: 10 },
          },
        ],
      }),
    );
    const token = await diary.bench.keys.tokenOf([{ ...diary.mother, studentIds: [classmate] }]);
    expect((await diary.day(token, classmate)).lessons[0]).toMatchObject({
      homework: { text: '§ 12', individual: null },
      marks: [],
      absence: null,
    });
  });

  it('shows the newest version of a mark, whatever arrives after it', async () => {
    const markId = randomUUID();
    await diary.tellMark('4', { markId, previousValue: '2' }, 3);
    await diary.tellMark('2', { markId }, 2);
    await diary.tellMark('4', { markId, previousValue: '2' }, 3);
    // What is published last is handled last: once it is there, the others have been.
    await diary.tellMark('3');
    await eventually(async () => expect(await diary.values()).toEqual(['5', '4', '3']));
  });

  it('takes an annulled mark away', async () => {
    const markId = randomUUID();
    await diary.tellMark('2', { markId });
    await eventually(async () => expect(await diary.values()).toContain('2'));
    await diary.tellMark('2', { markId, isAnnulled: true }, 2);
    await eventually(async () => expect(await diary.values()).not.toContain('2'));
  });

  it('names every day of the range, and why there are no lessons', async () => {
    const daysOf = (from: string, to: string) =>
      diary.bench.rpc.call(listDiaryDays, { studentId: diary.pupil, from, to }, { token: diary.motherToken });
    const { days } = await daysOf('2026-11-02', '2026-11-08');
    expect(days).toHaveLength(7);
    expect(days[2]).toEqual({ date: '2026-11-04', dayOff: 'День народного единства', lessons: [] });
    await expect(daysOf('2026-01-01', '2026-11-08')).rejects.toMatchObject({ code: 'diary.range-too-long' });
  });
});
