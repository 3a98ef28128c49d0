import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { diaryChangedSubject, type DiaryChanged } from '@parta/contracts-diary';
import { aDescription, anAttendance } from '@parta/contracts-journal/testing';
import type { Grant } from '@parta/platform-rpc';
import { eventually } from '@parta/platform-testing';
import { Client } from 'pg';
import { DiaryUnderTest, TODAY } from './diary-under-test.js';

describe('readers of the diary', () => {
  let diary: DiaryUnderTest;

  beforeAll(async () => {
    diary = await DiaryUnderTest.start();
    await diary.tellLesson();
    await eventually(async () => expect((await diary.day()).lessons).toHaveLength(1));
  }, 60_000);

  afterAll(() => diary?.stop());

  it('opens to the family, the class teacher and the leadership, and to nobody else (R24, R161)', async () => {
    const { bench, schoolId, classId, pupil, classmate, mother } = diary;
    const personId = randomUUID();
    for (const grant of [
      mother,
      { role: 'student', schoolId, personId: pupil, studentIds: [pupil] },
      { role: 'homeroom-teacher', schoolId, personId, classIds: [classId] },
      { role: 'deputy-head', schoolId, personId },
    ] as Grant[]) {
      await expect(diary.day(await bench.keys.tokenOf([grant]))).resolves.toBeDefined();
    }
    for (const grant of [
      { role: 'guardian', schoolId, personId, studentIds: [classmate] },
      { role: 'student', schoolId, personId: classmate, studentIds: [classmate] },
      { role: 'homeroom-teacher', schoolId, personId, classIds: [randomUUID()] },
      { role: 'deputy-head', schoolId: randomUUID(), personId },
      { role: 'guardian', schoolId: randomUUID(), personId, studentIds: [pupil] },
    ] as Grant[]) {
      await expect(diary.day(await bench.keys.tokenOf([grant]))).rejects.toMatchObject({
        code: 'diary.student-not-found',
      });
    }
  });

  it('tells an open page after the change is there to be read', async () => {
    const { bench, schoolId, pupil } = diary;
    const heard: DiaryChanged[] = [];
    const subscription = bench.bus.nats.subscribe(diaryChangedSubject(schoolId, pupil), {
      callback: (_error, message) => void heard.push(message.json<DiaryChanged>()),
    });
    await bench.bus.nats.flush();
    const markId = randomUUID();
    await diary.tellMark('5', { markId });
    await eventually(() =>
      expect(heard).toEqual([{ kind: 'mark', schoolId, studentId: pupil, date: TODAY }]),
    );
    expect((await diary.day()).lessons[0]!.marks.map((one) => one.markId)).toContain(markId);
    subscription.unsubscribe();
  });

  it('hides one school’s diary from a connection that works for another', async () => {
    const { bench, circumstances, pupil } = diary;
    await diary.tellMark('4');
    await diary.tell(aDescription(circumstances, { topic: 'Степень' }));
    await diary.tell(anAttendance(circumstances, pupil, 'ILL'));
    const tables = ['students', 'lessons', 'lesson_descriptions', 'marks', 'attendance'];
    await eventually(async () => {
      for (const table of tables)
        expect((await bench.admin.query(`select 1 from ${table}`)).rowCount).toBeGreaterThan(0);
    });
    const role = new Client({ connectionString: bench.database.urls.diary!.runtime });
    await role.connect();
    await role.query(`select set_config('app.schools', $1, false)`, [randomUUID()]);
    for (const table of tables) {
      expect((await role.query(`select 1 from ${table}`)).rowCount).toBe(0);
    }
    await role.end();
  });
});
