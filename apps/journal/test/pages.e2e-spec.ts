import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStudyGroup } from '@parta/contracts-contingent/testing';
import { lessonsOf } from '@parta/contracts-curriculum/testing';
import { getJournalPage, listJournals, listWorkTypes } from '@parta/contracts-journal';
import { eventually, tellerOf, type ServiceBench } from '@parta/platform-testing';
import { JournalUnderTest, mark, TODAY } from './journal-under-test.js';
import type { TestSchool } from './school-builder.js';

describe('pages of the journal', () => {
  let journal: JournalUnderTest;
  let bench: ServiceBench;
  let school: TestSchool;
  let teacher: string;

  const enter: JournalUnderTest['enter'] = (...entered) => journal.enter(...entered);

  beforeAll(async () => {
    journal = await JournalUnderTest.start();
    ({ bench, school, teacher } = journal);
  }, 60_000);

  afterAll(() => journal?.stop());

  it('shows a journal page with averages, and why a column is closed', async () => {
    const pupil = school.pupils[1];
    const { workTypes } = await bench.rpc.call(listWorkTypes, {}, { token: teacher });
    const { workTypeId } = workTypes.find((workType) => workType.shortCode === 'КР')!;
    await enter(school.lesson('2026-11-16').id, [mark(pupil, '4')]);
    await enter(school.lesson('2026-11-18').id, [mark(pupil, '3')]);
    await enter(school.lesson(TODAY).id, [mark(pupil, '5', 0, { workTypeId })]);
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
    // 4 and 3, and a control work of weight 3 with 5.
    expect(page.students.find((one) => one.studentId === pupil)).toMatchObject({
      average: 4,
      weightedAverage: 4.4,
    });
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

  it('has the journal of a group that is active no more as long as it holds entries; in autumn it is a past one', async () => {
    const tell = tellerOf(school.id, bench.publish);
    const group = { classId: school.classId, teacherIds: [school.teacher] };
    const [empty, next] = [randomUUID(), randomUUID()];
    await tell(aStudyGroup(next, { ...group, title: '8А Алгебра' }));
    await tell(aStudyGroup(empty, { ...group, title: '7А Без записей', isActive: false }));
    await tell(aStudyGroup(school.groupId, { ...group, isActive: false }), 2);
    const coming = { lessonId: randomUUID(), date: '2027-09-01', teacherId: school.teacher };
    await tell(lessonsOf(next, [coming], randomUUID()));
    const list = async () =>
      (await bench.rpc.call(listJournals, {}, { token: teacher })).journals.map((one) => [
        one.title,
        one.isPast,
      ]);
    await eventually(async () =>
      expect((await bench.admin.query('select 1 from lessons where group_id = $1', [next])).rowCount).toBe(1),
    );
    await eventually(async () =>
      expect((await bench.admin.query('select 1 from study_groups where not is_active')).rowCount).toBe(2),
    );
    const before = [
      ['7А Алгебра', false],
      ['8А Алгебра', false],
    ];
    // Yekaterinburg is five hours ahead: the last minute of 31 August there.
    for (const day of ['2026-11-20T06:00:00Z', '2027-07-15T06:00:00Z', '2027-08-31T18:59:00Z']) {
      journal.clock.set(day);
      expect(await list()).toEqual(before);
    }
    journal.clock.set('2027-08-31T19:01:00Z');
    expect(await list()).toEqual([
      ['8А Алгебра', false],
      ['7А Алгебра', true],
    ]);
  });
});
