import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStudent, enrolledIn, named } from '@parta/contracts-contingent/testing';
import { lessonsOf } from '@parta/contracts-curriculum/testing';
import { describeLesson, getJournalPage, getLesson } from '@parta/contracts-journal';
import { eventually, tellerOf, type ServiceBench } from '@parta/platform-testing';
import { JournalUnderTest, mark, TODAY } from './journal-under-test.js';
import type { TestSchool } from './school-builder.js';

describe('entries that were acknowledged', () => {
  let journal: JournalUnderTest;
  let bench: ServiceBench;
  let school: TestSchool;

  const card = (lessonId: string) => bench.rpc.call(getLesson, { lessonId }, { token: journal.teacher });
  const isRemoved = async (lessonId: string): Promise<boolean> =>
    (await bench.admin.query('select is_removed from lessons where id = $1', [lessonId])).rows[0].is_removed;

  beforeAll(async () => {
    journal = await JournalUnderTest.start();
    ({ bench, school } = journal);
  }, 60_000);

  afterAll(() => journal?.stop());

  it('stay with their lesson and teacher when the schedule has the lesson no more; an empty lesson goes', async () => {
    const [pupil] = school.pupils;
    const marked = school.lesson(TODAY).id;
    const described = school.lesson('2026-11-18').id;
    const empty = school.lesson('2026-11-16').id;
    const { cells } = await journal.enter(marked, [mark(pupil, '5')]);
    await bench.rpc.call(
      describeLesson,
      { lessonId: described, version: 0, topic: 'Степень' },
      { token: journal.teacher },
    );
    const kept = ['2026-10-01', '2026-11-23'];
    await school.tellLessons([
      ...school.lessons
        .filter((one) => kept.includes(one.date))
        .map((one) => ({ ...one, teacherId: school.stranger })),
      { id: randomUUID(), date: TODAY, number: 3, teacherId: school.stranger },
    ]);
    await eventually(async () => expect(await isRemoved(empty)).toBe(true));
    expect(await card(marked)).toMatchObject({ isMine: true, marks: 1, isOutsideTimetable: true });
    expect(await card(described)).toMatchObject({ isMine: true, topic: 'Степень' });
    await expect(card(empty)).rejects.toMatchObject({ code: 'journal.lesson-not-found' });
    const { version, marks } = cells[0]!;
    const { cells: after } = await journal.enter(marked, [
      { kind: 'annulment', studentId: pupil, markId: marks[0]!.markId, cellVersion: version } as never,
    ]);
    expect(after[0]!.marks).toEqual([]);
    await school.tellLessons(school.lessons);
    await eventually(async () => expect(await isRemoved(empty)).toBe(false));
  });

  it('stay when the group\u2019s lessons of another academic year are laid', async () => {
    const tell = tellerOf(school.id, bench.publish);
    const next = { lessonId: randomUUID(), date: '2027-09-03', lessonNumber: 1, teacherId: school.teacher };
    const fact = lessonsOf(school.groupId, [next]);
    await tell({ ...fact, data: { ...fact.data, academicYearId: randomUUID() } }, 50);
    await eventually(async () => expect((await card(next.lessonId)).date).toBe('2027-09-03'));
    for (const { id } of school.lessons) expect(await isRemoved(id)).toBe(false);
  });

  it('can be read and corrected when the pupil is said to have left before them', async () => {
    const pupil = school.pupils[1];
    const lessonId = school.lesson('2026-11-16').id;
    const { cells } = await journal.enter(lessonId, [mark(pupil, '2')]);
    const gone = enrolledIn([school.groupId]).map((one) => ({ ...one, to: '2026-11-10' }));
    await tellerOf(school.id, bench.publish)(
      aStudent(pupil, { ...named('Абрамов Пётр'), classId: null, enrolments: gone }),
      2,
    );
    await eventually(async () =>
      expect(
        (
          await bench.admin.query('select 1 from enrolments where student_id = $1 and to_date is not null', [
            pupil,
          ])
        ).rowCount,
      ).toBe(1),
    );
    expect((await card(lessonId)).list.map((one) => one.studentId)).toContain(pupil);
    const page = await bench.rpc.call(
      getJournalPage,
      { groupId: school.groupId, from: '2026-11-16', to: '2026-11-20' },
      { token: journal.teacher },
    );
    expect(page.students.map((one) => one.studentId)).toContain(pupil);
    const { version, marks } = cells[0]!;
    const annulment = {
      kind: 'annulment',
      studentId: pupil,
      markId: marks[0]!.markId,
      cellVersion: version,
    };
    const { cells: after } = await journal.enter(lessonId, [annulment as never]);
    expect(after[0]!.marks).toEqual([]);
    await expect(journal.enter(school.lesson(TODAY).id, [mark(pupil, '5')])).rejects.toMatchObject({
      code: 'journal.student-not-in-group',
    });
  });
});
