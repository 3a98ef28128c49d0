import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  describeLesson,
  explainAbsences,
  getLesson,
  listClassAbsences,
  listMissing,
  takeAttendance,
} from '@parta/contracts-journal';
import { eventually, type ServiceBench } from '@parta/platform-testing';
import { JournalUnderTest, mark, TODAY } from './journal-under-test.js';
import { TestSchool } from './school-builder.js';

describe('oversight of the journals', () => {
  let journal: JournalUnderTest;
  let bench: ServiceBench;
  let school: TestSchool;

  const enter: JournalUnderTest['enter'] = (...entered) => journal.enter(...entered);
  const published = (type: string) => journal.published(type);

  beforeAll(async () => {
    journal = await JournalUnderTest.start();
    ({ bench, school } = journal);
  }, 60_000);

  afterAll(() => journal?.stop());

  it('lists for the deputy head what is missing today, until it is there (R140)', async () => {
    const one = await new TestSchool(bench, [TODAY]).tell();
    const head = await one.token('deputy-head');
    const own = await one.token('teacher', one.teacher);
    const { id } = one.lesson(TODAY);
    await eventually(async () =>
      expect((await bench.rpc.call(getLesson, { lessonId: id }, { token: own })).list).toHaveLength(3),
    );
    const missing = () => bench.rpc.call(listMissing, { date: TODAY }, { token: head });
    expect(await missing()).toMatchObject({
      held: 1,
      complete: 0,
      lessons: [
        {
          lessonId: id,
          teacher: 'Иванова Анна',
          lacksTopic: true,
          lacksHomework: true,
          lacksEntries: true,
          isOverdue: false,
        },
      ],
    });
    await enter(id, [mark(one.pupils[0], '5')], own);
    await bench.rpc.call(
      describeLesson,
      {
        lessonId: id,
        version: 0,
        topic: 'Тема',
        homework: { text: null, noHomework: true, dueDate: null, individual: [] },
      },
      { token: own },
    );
    expect(await missing()).toMatchObject({ held: 1, complete: 1, lessons: [] });
  });

  it('takes a lesson for kept when its teacher says that all are present, and takes that back (R140)', async () => {
    const one = await new TestSchool(bench, [TODAY]).tell();
    const head = await one.token('deputy-head');
    const own = await one.token('teacher', one.teacher);
    const { id } = one.lesson(TODAY);
    const card = () => bench.rpc.call(getLesson, { lessonId: id }, { token: own });
    await eventually(async () => expect((await card()).list).toHaveLength(3));
    const lacksEntries = async () =>
      (await bench.rpc.call(listMissing, { date: TODAY }, { token: head })).lessons[0]!.lacksEntries;
    const take = (isTaken: boolean, token = own) =>
      bench.rpc.call(takeAttendance, { lessonId: id, isTaken }, { token });
    expect(await lacksEntries()).toBe(true);

    await expect(take(true, head)).rejects.toMatchObject({ code: 'journal.not-your-lesson' });
    expect(await take(true)).toMatchObject({ attendanceTaken: true });
    expect(await take(true)).toMatchObject({ attendanceTaken: true });
    expect(await lacksEntries()).toBe(false);
    expect(await card()).toMatchObject({ attendanceTaken: true, lacksEntries: false, absent: 0, marks: 0 });

    await take(false);
    expect(await lacksEntries()).toBe(true);

    // An entry that was taken back does not make a lesson kept.
    await enter(id, [{ kind: 'attendance', studentId: one.pupils[0], code: 'ABSENT', cellVersion: 0 }], own);
    expect(await lacksEntries()).toBe(false);
    await enter(id, [{ kind: 'attendance', studentId: one.pupils[0], code: null, cellVersion: 1 }], own);
    expect(await lacksEntries()).toBe(true);
  });

  it('lets the class teacher, and nobody else, write the reason of an absence (R130)', async () => {
    const token = await school.token('homeroom-teacher', school.homeroomTeacher);
    await enter(school.lesson(TODAY).id, [
      { kind: 'attendance', studentId: school.pupils[2], code: 'ABSENT', cellVersion: 0 },
    ]);
    const range = { classId: school.classId, from: TODAY, to: TODAY };
    const { absences } = await bench.rpc.call(listClassAbsences, range, { token });
    expect(absences).toEqual([
      expect.objectContaining({
        studentName: 'Жуков Иван',
        code: 'ABSENT',
        subjectTitle: 'Алгебра',
        reason: null,
      }),
    ]);
    const [{ lessonId, studentId, cellVersion }] = absences as [(typeof absences)[number]];
    const explain = {
      classId: school.classId,
      absences: [{ lessonId, studentId, cellVersion, code: 'ILL' as const, reason: 'Справка от 20.11' }],
    };
    await expect(
      bench.rpc.call(explainAbsences, explain, {
        token: await school.token('homeroom-teacher', school.stranger),
      }),
    ).rejects.toMatchObject({
      code: 'journal.not-your-class',
    });
    await bench.rpc.call(explainAbsences, explain, { token });
    expect((await bench.rpc.call(listClassAbsences, range, { token })).absences[0]).toMatchObject({
      code: 'ILL',
      reason: 'Справка от 20.11',
    });
    await expect(bench.rpc.call(explainAbsences, explain, { token })).rejects.toMatchObject({
      code: 'journal.cell-stale',
    });
    expect((await published('journal.lesson.entries-recorded.v1')).at(-1)).toMatchObject({
      marks: [],
      attendance: [{ code: 'ILL', reason: 'Справка от 20.11' }],
    });
  });
});
