import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  describeLesson,
  getCellHistory,
  getJournalPage,
  getLesson,
  listJournals,
  listMissing,
  listMyLessons,
  listWorkTypes,
} from '@parta/contracts-journal';
import { type ServiceBench } from '@parta/platform-testing';
import { Client } from 'pg';
import { JournalUnderTest, mark, TODAY } from './journal-under-test.js';
import { TestSchool } from './school-builder.js';

describe('who may use the journal', () => {
  let journal: JournalUnderTest;
  let bench: ServiceBench;
  let school: TestSchool;

  const enter: JournalUnderTest['enter'] = (...entered) => journal.enter(...entered);

  beforeAll(async () => {
    journal = await JournalUnderTest.start();
    ({ bench, school } = journal);
  }, 60_000);

  afterAll(() => journal?.stop());

  it('lets only the lesson’s teacher write: not a colleague, not the class teacher, not the deputy head, not another school', async () => {
    const other = await new TestSchool(bench, [TODAY]).tell();
    const { id } = school.lesson(TODAY);
    const entry = [mark(school.pupils[0], '5', 1)];
    for (const token of [
      await school.token('teacher', school.stranger),
      await school.token('homeroom-teacher', school.homeroomTeacher),
      await school.token('deputy-head', randomUUID()),
    ]) {
      await expect(enter(id, entry, token)).rejects.toMatchObject({ code: 'journal.not-your-lesson' });
      await expect(
        bench.rpc.call(describeLesson, { lessonId: id, version: 0, topic: 'x' }, { token }),
      ).rejects.toMatchObject({
        code: 'journal.not-your-lesson',
      });
    }
    await expect(enter(id, entry, await other.token('teacher', other.teacher))).rejects.toMatchObject({
      code: 'journal.lesson-not-found',
    });
  });

  it('keeps students and families out of the journal altogether (R25)', async () => {
    for (const role of ['student', 'guardian'] as const) {
      const token = await school.token(role, school.pupils[0]);
      const { id } = school.lesson(TODAY);
      for (const call of [
        () => enter(id, [mark(school.pupils[0], '5', 1)], token),
        () => bench.rpc.call(describeLesson, { lessonId: id, version: 0, topic: 'x' }, { token }),
        () => bench.rpc.call(listMyLessons, { date: TODAY }, { token }),
        () => bench.rpc.call(getLesson, { lessonId: id }, { token }),
        () => bench.rpc.call(listJournals, {}, { token }),
        () => bench.rpc.call(getJournalPage, { groupId: school.groupId, from: TODAY, to: TODAY }, { token }),
        () => bench.rpc.call(listMissing, { date: TODAY }, { token }),
        () => bench.rpc.call(getCellHistory, { lessonId: id, studentId: school.pupils[0] }, { token }),
      ]) {
        await expect(call()).rejects.toMatchObject({ code: 'access.forbidden' });
      }
    }
  });

  it('opens nothing here by a role that is held in another school', async () => {
    const { id } = school.lesson(TODAY);
    const personId = school.teacher;
    // The lesson's teacher by the timetable; but only a nurse here, and a teacher elsewhere.
    const token = await bench.keys.tokenOf([
      { role: 'nurse', schoolId: school.id, personId },
      { role: 'teacher', schoolId: randomUUID(), personId },
    ]);
    await expect(enter(id, [mark(school.pupils[0], '5', 1)], token)).rejects.toMatchObject({
      code: 'journal.not-your-lesson',
    });
    await expect(bench.rpc.call(getLesson, { lessonId: id }, { token })).rejects.toMatchObject({
      code: 'journal.lesson-not-found',
    });
    await expect(
      bench.rpc.call(getJournalPage, { groupId: school.groupId, from: TODAY, to: TODAY }, { token }),
    ).rejects.toMatchObject({ code: 'journal.journal-not-found' });
    expect(await bench.rpc.call(listJournals, {}, { token })).toEqual({ journals: [] });
    expect(await bench.rpc.call(listMyLessons, { date: TODAY }, { token })).toEqual({
      date: TODAY,
      lessons: [],
    });
    expect(await bench.rpc.call(listWorkTypes, {}, { token })).toEqual({ workTypes: [] });
  });

  it('hides one school’s journal from a connection that works for another', async () => {
    const [pupil] = school.pupils;
    const { id } = school.lesson(TODAY);
    const homework = {
      text: null,
      noHomework: false,
      dueDate: null,
      individual: [{ studentId: pupil, text: '№ 350' }],
    };
    await journal.enter(id, [mark(pupil, '5')]);
    await bench.rpc.call(describeLesson, { lessonId: id, version: 0, homework }, { token: journal.teacher });
    const tables = ['lessons', 'cells', 'marks', 'changes', 'students', 'individual_homework'];
    for (const table of tables)
      expect((await bench.admin.query(`select 1 from ${table}`)).rowCount).toBeGreaterThan(0);
    const role = new Client({ connectionString: bench.database.urls.journal!.runtime });
    await role.connect();
    await role.query(`select set_config('app.schools', $1, false)`, [randomUUID()]);
    for (const table of tables) {
      expect((await role.query(`select 1 from ${table}`)).rowCount).toBe(0);
    }
    await expect(role.query(`update marks set value = '5'`)).resolves.toMatchObject({ rowCount: 0 });
    await role.end();
  });
});
