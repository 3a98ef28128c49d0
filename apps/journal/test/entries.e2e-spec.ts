import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStudent, enrolledIn, named } from '@parta/contracts-contingent/testing';
import {
  describeLesson,
  getCellHistory,
  getLesson,
  listWorkTypes,
  type CellView,
} from '@parta/contracts-journal';
import { eventually, tellerOf, type ServiceBench } from '@parta/platform-testing';
import { JournalUnderTest, mark, NOON, TODAY } from './journal-under-test.js';
import { TestSchool } from './school-builder.js';

describe('entries of a lesson', () => {
  let journal: JournalUnderTest;
  let bench: ServiceBench;
  let school: TestSchool;
  let teacher: string;

  const enter: JournalUnderTest['enter'] = (...entered) => journal.enter(...entered);
  const published = (type: string) => journal.published(type);

  beforeAll(async () => {
    journal = await JournalUnderTest.start();
    ({ bench, school, teacher } = journal);
  }, 60_000);

  afterAll(() => journal?.stop());

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
    expect(await published('journal.lesson.entries-recorded.v1')).toEqual([
      expect.objectContaining({
        date: TODAY,
        lessonNumber: 2,
        marks: [
          expect.objectContaining({
            version: 1,
            studentId: first,
            value: '5',
            numericValue: 5,
            workTypeTitle: 'Ответ на уроке',
            isAnnulled: false,
          }),
          expect.objectContaining({ studentId: second, value: '4' }),
        ],
        attendance: [expect.objectContaining({ version: 1, studentId: third, code: 'ABSENT' })],
      }),
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

  it('flags an entry after the school’s hour as late, but gives written works a week (R112, R116)', async () => {
    const { id } = school.lesson(TODAY);
    const pupil = school.pupils[1];
    const { workTypes } = await bench.rpc.call(listWorkTypes, {}, { token: teacher });
    const written = workTypes.find((workType) => workType.shortCode === 'КР')!;
    journal.clock.set('2026-11-20T13:00:01Z');
    const late = await enter(id, [mark(pupil, '3', 1)]);
    expect(late.cells[0]!.marks.map((one) => one.isLate)).toEqual([false, true]);
    journal.clock.set('2026-11-27T18:59:59Z');
    const inTime = await enter(id, [mark(pupil, '5', 2, { workTypeId: written.workTypeId })]);
    expect(inTime.cells[0]!.marks.at(-1)).toMatchObject({ value: '5', isLate: false });
    journal.clock.set(NOON);
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

  it('takes marks for the pupils of year 3 of a combined class, and not for those of year 1', async () => {
    const combined = await new TestSchool(bench, [TODAY], 3).tell();
    const [ofFirst, ofThird, unsaid] = combined.pupils;
    const tell = tellerOf(combined.id, bench.publish);
    const { classId } = combined;
    const enrolments = enrolledIn([classId, combined.groupId]);
    await tell(aStudent(ofFirst, { ...named('Ёлкина Яна'), classId, enrolments, gradeLevel: 1 }), 2);
    await tell(aStudent(ofThird, { ...named('Абрамов Пётр'), classId, enrolments, gradeLevel: 3 }), 2);
    await eventually(async () =>
      expect((await bench.admin.query('select 1 from students where grade_level is not null')).rowCount).toBe(
        2,
      ),
    );
    const token = await combined.token('teacher', combined.teacher);
    const { id } = combined.lesson(TODAY);
    await eventually(async () =>
      expect((await bench.rpc.call(getLesson, { lessonId: id }, { token })).list).toHaveLength(3),
    );
    await expect(enter(id, [mark(ofThird, '5'), mark(ofFirst, '5')], token)).rejects.toMatchObject({
      code: 'journal.no-marks-in-first-year',
      details: { studentIds: [ofFirst] },
    });
    const { cells } = await enter(id, [mark(ofThird, '5'), mark(unsaid, '4')], token);
    expect(cells.map((cell) => cell.marks.map((one) => one.value))).toEqual([['5'], ['4']]);
  });
});
