import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeLesson, getJournalPage, getLesson, listMyLessons } from '@parta/contracts-journal';
import { eventually, type ServiceBench } from '@parta/platform-testing';
import { JournalUnderTest, TODAY } from './journal-under-test.js';
import { TestSchool } from './school-builder.js';

describe('lessons of the journal', () => {
  let journal: JournalUnderTest;
  let bench: ServiceBench;
  let school: TestSchool;
  let teacher: string;

  const published = (type: string) => journal.published(type);

  beforeAll(async () => {
    journal = await JournalUnderTest.start();
    ({ bench, school, teacher } = journal);
  }, 60_000);

  afterAll(() => journal?.stop());

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

  it('refuses homework that is due before its lesson; on the day of the lesson it may be', async () => {
    const { id } = school.lesson('2026-11-16');
    const dueOn = (dueDate: string) =>
      bench.rpc.call(
        describeLesson,
        { lessonId: id, version: 0, homework: { text: 'x', noHomework: false, dueDate, individual: [] } },
        { token: teacher },
      );
    await expect(dueOn('2026-11-15')).rejects.toMatchObject({
      code: 'journal.homework-due-before-lesson',
      kind: 'invalid',
    });
    expect(await dueOn('2026-11-16')).toMatchObject({ version: 1 });
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
});
