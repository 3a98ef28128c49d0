import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LessonsScheduledV1 } from '@parta/contracts-curriculum';
import { eventually, type ServiceBench } from '@parta/platform-testing';
import { CurriculumUnderTest } from './curriculum-under-test.js';
import type { TestSchool } from './school-builder.js';

describe('the timetable of a school', () => {
  let curriculum: CurriculumUnderTest;
  let bench: ServiceBench;
  let school: TestSchool;

  const submit: CurriculumUnderTest['submit'] = (...sent) => curriculum.submit(...sent);
  const week = () => curriculum.week();
  const scheduled = (groupId: string) => curriculum.scheduled(groupId);

  beforeAll(async () => {
    curriculum = await CurriculumUnderTest.start();
    ({ bench, school } = curriculum);
  }, 60_000);

  afterAll(() => curriculum?.stop());

  it('refuses a timetable with errors as a whole, naming row, field and code', async () => {
    const report = await submit([...week(), `s1,nobody,9,16,`, `s1,${school.algebra.sourcedId},1,1,`]);
    expect(report).toMatchObject({ isApplied: false, lessonsAdded: 0, errorCount: 4 });
    expect(report.errors.map(({ row, field, code }) => ({ row, field, code }))).toEqual([
      { row: 6, field: 'weekday', code: 'curriculum.invalid-weekday' },
      { row: 6, field: 'lessonNumber', code: 'curriculum.invalid-lesson-number' },
      { row: 6, field: 'classSourcedId', code: 'curriculum.unknown-group' },
      { row: 7, field: null, code: 'curriculum.duplicate-slot' },
    ]);
    expect((await bench.admin.query('select 1 from lessons')).rowCount).toBe(0);
  });

  it('names the row of a lesson whose number has no bell: it would have no hour', async () => {
    const { sourcedId } = school.algebra;
    const report = await submit([
      ...week(),
      `s1,${sourcedId},2,9,`,
      `s1,${sourcedId},2,0,`,
      `s1,${sourcedId},2,16,`,
    ]);
    expect(report).toMatchObject({ isApplied: false, errorCount: 3 });
    expect(report.errors.map(({ row, field, code }) => ({ row, field, code }))).toEqual([
      { row: 6, field: 'lessonNumber', code: 'curriculum.no-bell' },
      { row: 7, field: 'lessonNumber', code: 'curriculum.no-bell' },
      { row: 8, field: 'lessonNumber', code: 'curriculum.invalid-lesson-number' },
    ]);
    expect((await bench.admin.query(`select 1 from lessons where starts_at = '00:00'`)).rowCount).toBe(0);
  });

  it('refuses what is no timetable', async () => {
    await expect(submit(week(), { header: 'a;b;c' })).rejects.toMatchObject({
      code: 'curriculum.timetable-unreadable',
    });
  });

  it('reports a teacher, a class and a room wanted twice, but not subgroups side by side', async () => {
    const report = await submit([...week(), `s1,${school.algebra.sourcedId},1,2,каб. 20`], { dryRun: true });
    expect(report).toMatchObject({ isApplied: false, errorCount: 0 });
    expect(report.clashes.map((clash) => clash.kind).sort()).toEqual(['class', 'room', 'teacher']);
    expect((await submit(week(), { dryRun: true })).clashes).toEqual([]);
  });

  it('lays the week over the whole year, without breaks and public holidays', async () => {
    const report = await submit(week());
    expect(report).toMatchObject({ isApplied: true, errorCount: 0, schools: 1 });
    const { lessons } = await scheduled(school.algebra.id);
    const dates = lessons.map((lesson) => lesson.date);
    expect(dates[0]).toBe('2026-09-02');
    expect(dates).toContain('2026-11-02');
    expect(dates).not.toContain('2026-11-04');
    expect(dates).not.toContain('2026-10-28');
    expect(dates.at(-1)).toBe('2026-12-30');
    expect(lessons[0]).toMatchObject({
      lessonNumber: 2,
      startsAt: '09:25',
      room: 'каб. 12',
      teacherId: school.teacher,
    });
  });

  it('changes nothing when the same timetable comes again', async () => {
    const before = await bench.admin.query('select count(*) from outbox');
    expect(await submit(week())).toMatchObject({ isApplied: true, lessonsAdded: 0, lessonsRemoved: 0 });
    expect((await bench.admin.query('select count(*) from outbox')).rows).toEqual(before.rows);
  });

  it('holds a file cut off after its first row until its numbers are confirmed', async () => {
    const lessons = await bench.admin.query('select id from lessons where removed_at is null order by id');
    const cut = week().slice(0, 1);
    const dry = await submit(cut, { dryRun: true });
    const held = await submit(cut);
    expect(held).toMatchObject({ isApplied: false, isHeld: true, errorCount: 0 });
    expect(held.lessonsRemoved).toBeGreaterThan(10);
    expect(held.reason).toContain(`confirmedRemovals=${held.lessonsRemoved}`);
    expect(dry).toEqual({ ...held, isHeld: false });
    const fewer = await submit(cut, { confirmedRemovals: held.lessonsRemoved - 1 });
    expect(fewer).toMatchObject({ isApplied: false, isHeld: true });
    expect(
      (await bench.admin.query('select id from lessons where removed_at is null order by id')).rows,
    ).toEqual(lessons.rows);
    const confirmed = await submit(cut, { confirmedRemovals: held.lessonsRemoved });
    expect(confirmed).toMatchObject({ isApplied: true, lessonsRemoved: held.lessonsRemoved });
    expect(await submit(week())).toMatchObject({ isApplied: true, lessonsAdded: held.lessonsRemoved });
  });

  it('refuses a school that is not the group’s', async () => {
    const report = await submit(week().map((line) => line.replace('s1,', 's2,')));
    expect(report).toMatchObject({ isApplied: false, errorCount: 4 });
    expect(new Set(report.errors.map((error) => error.code))).toEqual(new Set(['curriculum.another-school']));
  });

  it('takes it from no second system until a person has uploaded one', async () => {
    const second = await bench.keys.clientToken('second', ['timetable.write']);
    const refused = await submit(week(), { token: second });
    expect(refused).toMatchObject({ isApplied: false, errorCount: 4 });
    expect(refused.errors[0]!.code).toBe('curriculum.another-source');
    await submit(week(), { token: await school.token('administrator') });
    expect(await submit(week(), { token: second })).toMatchObject({ isApplied: true });
    await submit(week(), { token: await school.token('administrator') });
  });

  it('names rows as a spreadsheet shows them, blank lines counted', async () => {
    const report = await submit(['', week()[0]!, ',,,,', '', 's1,nobody,1,1,']);
    expect(report.errors.map(({ row, code }) => ({ row, code }))).toEqual([
      { row: 6, code: 'curriculum.unknown-group' },
    ]);
  });

  it('keeps the lessons that were held when the timetable changes, and moves the coming ones', async () => {
    const before = await scheduled(school.algebra.id);
    const report = await submit([
      ...week().filter((line) => !line.includes(',3,2,')),
      `s1,${school.algebra.sourcedId},5,3,каб. 12`,
    ]);
    expect(report.lessonsAdded).toBe(5);
    expect(report.lessonsRemoved).toBe(6);
    const after = await scheduled(school.algebra.id);
    const past = (lessons: LessonsScheduledV1['lessons']) =>
      lessons.filter((lesson) => lesson.date < '2026-11-21');
    expect(past(after.lessons)).toEqual(past(before.lessons));
    expect(
      after.lessons.filter((lesson) => lesson.date > '2026-11-21').map((lesson) => lesson.lessonNumber),
    ).not.toContain(2);
  });

  it('gives coming lessons to the group’s new teacher, and removes them when the group ends', async () => {
    await school.tellGroup(school.english2, 'Английский язык', true, school.teacher, 2);
    const coming = async () =>
      (await scheduled(school.english2.id)).lessons.filter((lesson) => lesson.date > '2026-11-21');
    await eventually(async () =>
      expect(new Set((await coming()).map((lesson) => lesson.teacherId))).toEqual(new Set([school.teacher])),
    );
    await school.tellGroup(school.english2, 'Английский язык', true, school.teacher, 3, false);
    await eventually(async () => expect(await coming()).toEqual([]));
  });
});
