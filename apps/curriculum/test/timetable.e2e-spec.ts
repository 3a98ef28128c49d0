import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  clearDayOff,
  getSchoolYear,
  getThematicPlan,
  importThematicPlan,
  setBells,
  setDayOff,
  submitTimetable,
  transferSchoolDay,
  type LessonsScheduledV1,
} from '@parta/contracts-curriculum';
import { FileStore, UPLOADS } from '@parta/platform-messaging';
import { eventually, startServiceBench, TestClock, type ServiceBench } from '@parta/platform-testing';
import ExcelJS from 'exceljs';
import { Client } from 'pg';
import { curriculumMigrations, curriculumService } from '../src/curriculum.js';
import { TestSchool } from './school-builder.js';

const HEADER = 'schoolSourcedId,classSourcedId,weekday,lessonNumber,room';

describe('curriculum', () => {
  // A Saturday in the second quarter.
  const clock = new TestClock(new Date('2026-11-21T09:00:00Z'));
  let bench: ServiceBench;
  let school: TestSchool;
  let files: FileStore;
  let region: string;

  beforeAll(async () => {
    bench = await startServiceBench(curriculumService(), curriculumMigrations, { clock });
    files = await FileStore.open(bench.bus, UPLOADS.bucket, UPLOADS.keepDays);
    region = await bench.keys.clientToken('region', ['timetable.write']);
    school = await new TestSchool(bench).tell();
    await eventually(async () =>
      expect((await bench.admin.query('select 1 from study_groups')).rowCount).toBe(3),
    );
  }, 60_000);

  afterAll(() => bench?.stop());

  async function submit(
    lines: string[],
    options: { dryRun?: boolean; token?: string; header?: string } = {},
  ) {
    const stored = await files.put(
      Readable.from([Buffer.from([options.header ?? HEADER, ...lines].join('\r\n'))]),
      1_000_000,
    );
    return bench.rpc.call(
      submitTimetable,
      {
        uploadId: stored.id,
        sha256: stored.sha256,
        size: stored.size,
        ...(options.dryRun !== undefined && { dryRun: options.dryRun }),
      },
      { token: options.token ?? region },
    );
  }

  /** What the bus was told last of a group's lessons. */
  async function scheduled(groupId: string): Promise<LessonsScheduledV1> {
    const { rows } = await bench.admin.query(
      `select envelope from outbox where envelope::jsonb->>'type' = 'curriculum.lessons.scheduled.v1' or subject like '%study-group-lessons%'
       order by position desc`,
    );
    const found = rows
      .map((row) => JSON.parse(row.envelope as string))
      .find((envelope) => envelope.aggregateId === groupId);
    return found.data as LessonsScheduledV1;
  }

  const week = (): string[] => [
    `s1,${school.algebra.sourcedId},1,1,каб. 12`,
    `s1,${school.algebra.sourcedId},3,2,каб. 12`,
    `s1,${school.english1.sourcedId},1,2,каб. 20`,
    `s1,${school.english2.sourcedId},1,2,каб. 21`,
  ];

  it('gives a school public holidays and bells with its first academic year', async () => {
    const token = await school.token('teacher', school.teacher);
    const { years } = await eventually(async () => {
      const view = await bench.rpc.call(getSchoolYear, {}, { token });
      expect(view.years).toHaveLength(1);
      return view;
    });
    expect(years[0]!.daysOff).toContainEqual({
      date: '2026-11-04',
      kind: 'public-holiday',
      title: 'День народного единства',
    });
    expect(years[0]!.bells[0]).toEqual({ lessonNumber: 1, startsAt: '08:30', endsAt: '09:15' });
    expect(years[0]!.periods.map((period) => period.title)).toEqual(['I четверть', 'II четверть']);
  });

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

  it('removes the lessons of a day off, and lays them again when it is one no more', async () => {
    const token = await school.token('deputy-head');
    const day = { schoolId: school.id, date: '2026-11-23' };
    const onThatDay = async () =>
      (await scheduled(school.algebra.id)).lessons.filter((lesson) => lesson.date === day.date).length;
    expect(await onThatDay()).toBe(1);
    await bench.rpc.call(setDayOff, { ...day, title: 'Актированный день' }, { token });
    expect(await onThatDay()).toBe(0);
    await bench.rpc.call(clearDayOff, day, { token });
    expect(await onThatDay()).toBe(1);
  });

  it('teaches on a Saturday by the timetable of another weekday (R72)', async () => {
    const token = await school.token('deputy-head');
    await bench.rpc.call(
      transferSchoolDay,
      { schoolId: school.id, date: '2026-11-21', weekday: 1 },
      { token },
    );
    expect((await scheduled(school.algebra.id)).lessons).toContainEqual(
      expect.objectContaining({ date: '2026-11-21', lessonNumber: 1 }),
    );
    // After the end of the year too: practice, retakes.
    await bench.rpc.call(
      transferSchoolDay,
      { schoolId: school.id, date: '2027-07-01', weekday: 1 },
      { token },
    );
    expect((await scheduled(school.algebra.id)).lessons.at(-1)).toMatchObject({ date: '2027-07-01' });
    await bench.rpc.call(
      setDayOff,
      { schoolId: school.id, date: '2026-11-21', title: 'Актированный день' },
      { token },
    );
    expect((await scheduled(school.algebra.id)).lessons.map((lesson) => lesson.date)).not.toContain(
      '2026-11-21',
    );
  });

  it('leaves days that are over alone', async () => {
    const token = await school.token('deputy-head');
    await expect(
      bench.rpc.call(setDayOff, { schoolId: school.id, date: '2026-11-20', title: 'x' }, { token }),
    ).rejects.toMatchObject({ code: 'curriculum.day-is-over' });
    await expect(
      bench.rpc.call(setDayOff, { schoolId: school.id, date: '2028-01-20', title: 'x' }, { token }),
    ).rejects.toMatchObject({ code: 'curriculum.outside-school-year' });
  });

  it('lets only the administration of the same school set the calendar', async () => {
    const other = await new TestSchool(bench).tell();
    const day = { schoolId: school.id, date: '2026-11-24', title: 'x' };
    await expect(
      bench.rpc.call(setDayOff, day, { token: await school.token('teacher') }),
    ).rejects.toMatchObject({ code: 'access.forbidden' });
    await expect(
      bench.rpc.call(setDayOff, day, { token: await other.token('deputy-head') }),
    ).rejects.toMatchObject({ code: 'access.forbidden' });
    await expect(submit(week(), { token: await school.token('teacher') })).rejects.toMatchObject({
      code: 'access.forbidden',
    });
    // Another school's administrator does not even find the groups.
    expect(await submit(week(), { token: await other.token('administrator') })).toMatchObject({
      isApplied: false,
      errorCount: 4,
    });
  });

  it('moves coming lessons with the bells, and refuses bells that overlap', async () => {
    const token = await school.token('administrator');
    const bells = [
      { lessonNumber: 1, startsAt: '09:00', endsAt: '09:40' },
      { lessonNumber: 2, startsAt: '09:50', endsAt: '10:30' },
      { lessonNumber: 3, startsAt: '10:40', endsAt: '11:20' },
    ];
    await bench.rpc.call(setBells, { schoolId: school.id, bells }, { token });
    const { lessons } = await scheduled(school.algebra.id);
    expect(lessons.find((lesson) => lesson.date === '2026-11-23')!.startsAt).toBe('09:00');
    expect(lessons.find((lesson) => lesson.date === '2026-11-16')!.startsAt).toBe('08:30');
    await expect(
      bench.rpc.call(
        setBells,
        { schoolId: school.id, bells: [bells[0]!, { ...bells[1]!, startsAt: '09:30' }] },
        { token },
      ),
    ).rejects.toMatchObject({ code: 'curriculum.bells-overlap' });
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

  it('reads a thematic plan by its headings, for the group’s own teacher', async () => {
    const workbook = new ExcelJS.Workbook();
    workbook
      .addWorksheet('КТП')
      .addRows([
        ['Календарно-тематическое планирование'],
        ['№', 'Раздел', 'Тема урока', 'Домашнее задание', 'Контрольная'],
        [1, 'Выражения', 'Числовые выражения', '§ 1, № 5', ''],
        ['', '', '', '', ''],
        [2, '', 'Контрольная работа № 1', '', 'да'],
      ]);
    const stored = await files.put(
      Readable.from([Buffer.from(await workbook.xlsx.writeBuffer())]),
      1_000_000,
    );
    const input = {
      groupId: school.algebra.id,
      uploadId: stored.id,
      sha256: stored.sha256,
      size: stored.size,
    };
    const token = await school.token('teacher', school.teacher);
    await expect(
      bench.rpc.call(importThematicPlan, input, {
        token: await school.token('teacher', school.otherTeacher),
      }),
    ).rejects.toMatchObject({ code: 'access.forbidden' });
    const plan = await bench.rpc.call(importThematicPlan, input, { token });
    expect(plan.lessons).toEqual([
      {
        position: 1,
        topic: 'Числовые выражения',
        section: 'Выражения',
        homework: '§ 1, № 5',
        isControlWork: false,
      },
      {
        position: 2,
        topic: 'Контрольная работа № 1',
        section: 'Выражения',
        homework: null,
        isControlWork: true,
      },
    ]);
    expect(await bench.rpc.call(getThematicPlan, { groupId: school.algebra.id }, { token })).toEqual(plan);
    const other = await new TestSchool(bench).tell();
    await expect(
      bench.rpc.call(
        getThematicPlan,
        { groupId: school.algebra.id },
        { token: await other.token('deputy-head') },
      ),
    ).rejects.toMatchObject({ code: 'curriculum.group-not-found' });
  });

  it('hides one school’s lessons from a connection that works for another', async () => {
    const role = new Client({ connectionString: bench.database.urls.curriculum!.runtime });
    await role.connect();
    await role.query(`select set_config('app.schools', $1, false)`, [crypto.randomUUID()]);
    for (const table of [
      'lessons',
      'timetable_slots',
      'study_groups',
      'thematic_plans',
      'school_years',
      'days_off',
    ]) {
      expect((await role.query(`select 1 from ${table}`)).rowCount).toBe(0);
    }
    await role.end();
  });
});
