import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  describeLesson,
  explainAbsences,
  getCellHistory,
  getJournalPage,
  getLesson,
  listClassAbsences,
  listJournals,
  listMissing,
  listMyLessons,
  listWorkTypes,
  recordEntries,
  type CellView,
  type JournalEntry,
} from '@parta/contracts-journal';
import { eventually, startServiceBench, TestClock, type ServiceBench } from '@parta/platform-testing';
import { Client } from 'pg';
import { journalMigrations, journalService } from '../src/journal.js';
import { TestSchool } from './school-builder.js';

const TODAY = '2026-11-20';
const DATES = ['2026-10-01', '2026-11-16', '2026-11-18', TODAY, '2026-11-23'];
/** 11:00 in Yekaterinburg, after the second lesson. */
const NOON = '2026-11-20T06:00:00Z';

describe('journal', () => {
  const clock = new TestClock(new Date(NOON));
  let bench: ServiceBench;
  let school: TestSchool;
  let teacher: string;

  const enter = (
    lessonId: string,
    entries: Partial<JournalEntry>[],
    token = teacher,
    idempotencyKey: string = randomUUID(),
  ) =>
    bench.rpc.call(
      recordEntries,
      { lessonId, entries: entries as JournalEntry[] },
      { token, idempotencyKey },
    );
  const mark = (
    studentId: string,
    value: string,
    cellVersion = 0,
    more: Partial<JournalEntry> = {},
  ): Partial<JournalEntry> => ({
    kind: 'mark',
    studentId,
    value,
    cellVersion,
    ...more,
  });
  const published = async (type: string): Promise<Record<string, unknown>[]> =>
    (
      await bench.admin.query(`select envelope from outbox where subject like $1 order by position`, [
        `evt.${type}.%`,
      ])
    ).rows.map((row) => JSON.parse(row.envelope as string).data as Record<string, unknown>);

  beforeAll(async () => {
    bench = await startServiceBench(journalService(), journalMigrations, { clock });
    school = await new TestSchool(bench, DATES).tell();
    teacher = await school.token('teacher', school.teacher);
    await eventually(async () =>
      expect((await bench.admin.query('select 1 from lessons')).rowCount).toBe(DATES.length),
    );
    await eventually(async () =>
      expect((await bench.admin.query('select 1 from enrolments')).rowCount).toBe(6),
    );
  }, 60_000);

  afterAll(() => bench?.stop());

  it('opens the teacher’s own lessons of the day, with what is filled', async () => {
    const { lessons } = await bench.rpc.call(listMyLessons, { date: TODAY }, { token: teacher });
    expect(lessons).toEqual([
      expect.objectContaining({
        lessonId: school.lesson(TODAY).id,
        groupTitle: '7А Алгебра',
        startsAt: '09:25',
        students: 3,
        absent: 0,
        marks: 0,
        topic: null,
        hasHomework: false,
        isOpen: true,
        // 18:00 in Yekaterinburg (R112)
        entryDeadline: '2026-11-20T13:00:00Z',
      }),
    ]);
    const stranger = await school.token('teacher', school.stranger);
    expect((await bench.rpc.call(listMyLessons, { date: TODAY }, { token: stranger })).lessons).toEqual([]);
  });

  it('shows a lesson with its pupils by the Russian alphabet and the topic of the plan', async () => {
    const card = await bench.rpc.call(getLesson, { lessonId: school.lesson(TODAY).id }, { token: teacher });
    expect(card).toMatchObject({ plannedTopic: 'Тема 4', plannedHomework: '№ 4', isMine: true, version: 0 });
    expect(card.list.map((pupil) => pupil.name)).toEqual(['Абрамов Пётр', 'Ёлкина Яна', 'Жуков Иван']);
  });

  it('saves marks and absences of a lesson in one command, and says so once', async () => {
    const { id } = school.lesson(TODAY);
    const [first, second, third] = school.pupils;
    const saved = await enter(id, [
      mark(first, '5', 0, { comment: 'Молодец' }),
      mark(second, '4'),
      { kind: 'attendance', studentId: third, code: 'ABSENT', cellVersion: 0 },
    ]);
    expect(saved.cells).toEqual([
      expect.objectContaining({
        studentId: first,
        version: 1,
        marks: [expect.objectContaining({ value: '5', comment: 'Молодец', isLate: false })],
      }),
      expect.objectContaining({ studentId: second, version: 1 }),
      expect.objectContaining({ studentId: third, version: 1, attendance: 'ABSENT', marks: [] }),
    ]);
    expect(await published('journal.mark.recorded.v1')).toEqual([
      expect.objectContaining({
        studentId: first,
        value: '5',
        numericValue: 5,
        workTypeTitle: 'Ответ на уроке',
        isAnnulled: false,
      }),
      expect.objectContaining({ studentId: second, value: '4' }),
    ]);
    expect(await published('journal.attendance.recorded.v1')).toEqual([
      expect.objectContaining({ studentId: third, code: 'ABSENT', date: TODAY, lessonNumber: 2 }),
    ]);
  });

  it('corrects and annuls a mark, and keeps who, when, what before, and why (R127)', async () => {
    const { id } = school.lesson('2026-11-18');
    const [pupil] = school.pupils;
    const put = await enter(id, [mark(pupil, '3')]);
    const { markId } = put.cells[0]!.marks[0]!;
    await enter(id, [
      {
        kind: 'correction',
        studentId: pupil,
        markId,
        value: '4',
        reason: 'Ошибка при вводе',
        cellVersion: 1,
      },
    ]);
    const annulled = await enter(id, [{ kind: 'annulment', studentId: pupil, markId, cellVersion: 2 }]);
    expect(annulled.cells[0]).toMatchObject({ version: 3, marks: [] });
    const history = await bench.rpc.call(
      getCellHistory,
      { lessonId: id, studentId: pupil },
      { token: teacher },
    );
    expect(
      history.changes.map(({ before, after, reason, changedBy }) => ({ before, after, reason, changedBy })),
    ).toEqual([
      { before: '4', after: null, reason: null, changedBy: 'Иванова Анна' },
      { before: '3', after: '4', reason: 'Ошибка при вводе', changedBy: 'Иванова Анна' },
      { before: null, after: '3', reason: null, changedBy: 'Иванова Анна' },
    ]);
    await expect(
      enter(id, [{ kind: 'annulment', studentId: pupil, markId, cellVersion: 3 }]),
    ).rejects.toMatchObject({
      code: 'journal.mark-not-found',
    });
  });

  it('lets two authors of one cell collide visibly, and writes nothing of the second', async () => {
    const { id } = school.lesson('2026-11-16');
    const [first, second] = school.pupils;
    const outcomes = await Promise.allSettled([
      enter(id, [mark(first, '5')]),
      enter(id, [mark(first, '2'), mark(second, '2')]),
    ]);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected') as PromiseRejectedResult;
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(refused.reason).toMatchObject({ code: 'journal.cell-stale' });
    const [cell] = refused.reason.details.cells as CellView[];
    expect(cell).toMatchObject({ studentId: first, version: 1 });
    const { rows } = await bench.admin.query(
      'select value from marks where lesson_id = $1 and student_id = $2',
      [id, first],
    );
    expect(rows).toHaveLength(1);
  });

  it('answers a repeated command as before, and refuses its key for another', async () => {
    const { id } = school.lesson('2026-11-16');
    const pupil = school.pupils[2];
    const token = await school.token('teacher', school.teacher, randomUUID());
    const once = await enter(id, [mark(pupil, '4')], token, 'replayed-key');
    expect(await enter(id, [mark(pupil, '4')], token, 'replayed-key')).toEqual(once);
    await expect(enter(id, [mark(pupil, '5')], token, 'replayed-key')).rejects.toMatchObject({
      code: 'request.idempotency-key-reused',
    });
  });

  it.each([
    ['6', 'not-in-list'],
    ['1', 'not-in-list'],
  ])('refuses a mark of %s (R113)', async (value, code) => {
    await expect(enter(school.lesson(TODAY).id, [mark(school.pupils[0], value, 1)])).rejects.toMatchObject({
      code: 'request.invalid',
      fields: [expect.objectContaining({ field: 'entries[0].value', code })],
    });
  });

  it('refuses an entry for somebody who is not in the group', async () => {
    const other = await new TestSchool(bench, [TODAY]).tell();
    for (const studentId of [randomUUID(), other.pupils[0]]) {
      await expect(enter(school.lesson(TODAY).id, [mark(studentId, '5')])).rejects.toMatchObject({
        code: 'journal.student-not-in-group',
        details: { studentIds: [studentId] },
      });
    }
  });

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

  it('flags an entry after the school’s hour as late, but gives written works a week (R112, R116)', async () => {
    const { id } = school.lesson(TODAY);
    const pupil = school.pupils[1];
    const { workTypes } = await bench.rpc.call(listWorkTypes, {}, { token: teacher });
    const written = workTypes.find((workType) => workType.shortCode === 'КР')!;
    clock.set('2026-11-20T13:00:01Z');
    const late = await enter(id, [mark(pupil, '3', 1)]);
    expect(late.cells[0]!.marks.map((one) => one.isLate)).toEqual([false, true]);
    clock.set('2026-11-27T18:59:59Z');
    const inTime = await enter(id, [mark(pupil, '5', 2, { workTypeId: written.workTypeId })]);
    expect(inTime.cells[0]!.marks.at(-1)).toMatchObject({ value: '5', isLate: false });
    clock.set(NOON);
  });

  it('refuses entries before the day of the lesson and after its window', async () => {
    await expect(enter(school.lesson('2026-11-23').id, [mark(school.pupils[0], '5')])).rejects.toMatchObject({
      code: 'journal.lesson-not-begun',
    });
    await expect(enter(school.lesson('2026-10-01').id, [mark(school.pupils[0], '5')])).rejects.toMatchObject({
      code: 'journal.entry-window-closed',
    });
    await expect(
      bench.rpc.call(
        describeLesson,
        { lessonId: school.lesson('2026-10-01').id, version: 0, topic: 'x' },
        { token: teacher },
      ),
    ).rejects.toMatchObject({ code: 'journal.entry-window-closed' });
  });

  it('writes topic and homework, keeps what is left out, and refuses a stale version', async () => {
    const { id } = school.lesson(TODAY);
    const homework = {
      text: '§ 12, № 340–345',
      noHomework: false,
      dueDate: null,
      individual: [{ studentId: school.pupils[0], text: '№ 350' }],
    };
    const saved = await bench.rpc.call(
      describeLesson,
      { lessonId: id, version: 0, topic: 'Степень с натуральным показателем', homework },
      { token: teacher },
    );
    expect(saved.version).toBe(1);
    await bench.rpc.call(
      describeLesson,
      { lessonId: id, version: 1, commentForFamilies: 'Принести тетради' },
      { token: teacher },
    );
    const card = await bench.rpc.call(getLesson, { lessonId: id }, { token: teacher });
    expect(card).toMatchObject({
      topic: 'Степень с натуральным показателем',
      homework,
      commentForFamilies: 'Принести тетради',
      version: 2,
    });
    await expect(
      bench.rpc.call(describeLesson, { lessonId: id, version: 1, topic: 'x' }, { token: teacher }),
    ).rejects.toMatchObject({
      code: 'journal.lesson-stale',
      details: { version: 2 },
    });
    expect((await published('journal.lesson.described.v1')).at(-1)).toMatchObject({
      homework,
      commentForFamilies: 'Принести тетради',
    });
  });

  it('refuses «Без задания» together with a task, and homework for a pupil of another group (R133)', async () => {
    const { id } = school.lesson('2026-11-18');
    const base = { text: null, noHomework: true, dueDate: null, individual: [] };
    const describeWith = (homework: object) =>
      bench.rpc.call(describeLesson, { lessonId: id, version: 0, homework } as never, { token: teacher });
    await expect(describeWith({ ...base, text: 'x' })).rejects.toMatchObject({
      code: 'journal.homework-contradiction',
    });
    await expect(
      describeWith({ ...base, noHomework: false, individual: [{ studentId: randomUUID(), text: 'x' }] }),
    ).rejects.toMatchObject({
      code: 'journal.student-not-in-group',
    });
    await expect(describeWith(base)).resolves.toMatchObject({ version: 1 });
  });

  it('gives year 1 no marks, but absences', async () => {
    const first = await new TestSchool(bench, [TODAY], 1).tell();
    const token = await first.token('teacher', first.teacher);
    const { id } = first.lesson(TODAY);
    await eventually(async () =>
      expect((await bench.rpc.call(getLesson, { lessonId: id }, { token })).list).toHaveLength(3),
    );
    await expect(enter(id, [mark(first.pupils[0], '5')], token)).rejects.toMatchObject({
      code: 'journal.no-marks-in-first-year',
    });
    await expect(
      enter(id, [{ kind: 'attendance', studentId: first.pupils[0], code: 'ILL', cellVersion: 0 }], token),
    ).resolves.toBeDefined();
  });

  it('shows a journal page with averages, and why a column is closed', async () => {
    const page = await bench.rpc.call(
      getJournalPage,
      { groupId: school.groupId, from: '2026-09-01', to: '2026-12-30' },
      { token: teacher },
    );
    expect(page.lessons.map((lesson) => lesson.closedBecause)).toEqual([
      'journal.entry-window-closed',
      null,
      null,
      null,
      'journal.lesson-not-begun',
    ]);
    expect(page.students.map((pupil) => pupil.name)).toEqual(['Абрамов Пётр', 'Ёлкина Яна', 'Жуков Иван']);
    // 4, 3 and a control work of weight 3 with 5, next to what the collision left.
    const marks = page.cells
      .filter((cell) => cell.studentId === school.pupils[1])
      .flatMap((cell) => cell.marks.map((one) => Number(one.value)));
    const average = marks.reduce((sum, value) => sum + value, 0) / marks.length;
    expect(page.students.find((pupil) => pupil.studentId === school.pupils[1])!.average).toBeCloseTo(
      average,
      2,
    );
    await expect(
      bench.rpc.call(
        getJournalPage,
        { groupId: school.groupId, from: '2026-01-01', to: '2026-12-30' },
        { token: teacher },
      ),
    ).rejects.toMatchObject({ code: 'journal.range-too-long' });
  });

  it('opens journals to the own teacher, the class teacher and the leadership, and to nobody else (R26)', async () => {
    const titles = async (token: string) =>
      (await bench.rpc.call(listJournals, {}, { token })).journals.map(({ title, isMine }) => ({
        title,
        isMine,
      }));
    const page = (token: string) =>
      bench.rpc.call(getJournalPage, { groupId: school.groupId, from: TODAY, to: TODAY }, { token });
    expect(await titles(teacher)).toEqual([{ title: '7А Алгебра', isMine: true }]);
    for (const token of [
      await school.token('homeroom-teacher', school.homeroomTeacher),
      await school.token('deputy-head'),
    ]) {
      expect(await titles(token)).toEqual([{ title: '7А Алгебра', isMine: false }]);
      expect((await page(token)).lessons[0]).toMatchObject({
        isOpen: false,
        closedBecause: 'journal.not-your-lesson',
      });
    }
    const stranger = await school.token('teacher', school.stranger);
    expect(await titles(stranger)).toEqual([]);
    await expect(page(stranger)).rejects.toMatchObject({ code: 'journal.journal-not-found' });
  });

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

  it('lets the class teacher, and nobody else, write the reason of an absence (R130)', async () => {
    const token = await school.token('homeroom-teacher', school.homeroomTeacher);
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
    expect((await published('journal.attendance.recorded.v1')).at(-1)).toMatchObject({
      code: 'ILL',
      reason: 'Справка от 20.11',
    });
  });

  it('forgets a lesson that the timetable takes away, and ignores an older list', async () => {
    const one = await new TestSchool(bench, ['2026-11-24', '2026-11-25']).tell();
    const token = await one.token('teacher', one.teacher);
    const days = async () =>
      (
        await bench.rpc.call(
          getJournalPage,
          { groupId: one.groupId, from: '2026-11-01', to: '2026-11-30' },
          { token },
        )
      ).lessons.map((l) => l.date);
    await eventually(async () => expect(await days()).toEqual(['2026-11-24', '2026-11-25']));
    await one.tellLessons(one.lessons.slice(0, 1));
    await eventually(async () => expect(await days()).toEqual(['2026-11-24']));
    await one.tellLessons(one.lessons, 1);
    await one.tellLessons([{ ...one.lessons[0]!, date: '2026-11-26' }], 3);
    await eventually(async () => expect(await days()).toEqual(['2026-11-26']));
  });

  it('hides one school’s journal from a connection that works for another', async () => {
    const role = new Client({ connectionString: bench.database.urls.journal!.runtime });
    await role.connect();
    await role.query(`select set_config('app.schools', $1, false)`, [randomUUID()]);
    for (const table of ['lessons', 'cells', 'marks', 'changes', 'students', 'individual_homework']) {
      expect((await role.query(`select 1 from ${table}`)).rowCount).toBe(0);
    }
    await expect(role.query(`update marks set value = '5'`)).resolves.toMatchObject({ rowCount: 0 });
    await role.end();
  });
});
