import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  clearDayOff,
  getSchoolYear,
  setBells,
  setDayOff,
  transferSchoolDay,
} from '@parta/contracts-curriculum';
import { eventually, type ServiceBench } from '@parta/platform-testing';
import { CurriculumUnderTest } from './curriculum-under-test.js';
import { TestSchool } from './school-builder.js';

describe('the year of a school', () => {
  let curriculum: CurriculumUnderTest;
  let bench: ServiceBench;
  let school: TestSchool;

  const submit: CurriculumUnderTest['submit'] = (...sent) => curriculum.submit(...sent);
  const week = () => curriculum.week();
  const scheduled = (groupId: string) => curriculum.scheduled(groupId);

  beforeAll(async () => {
    curriculum = await CurriculumUnderTest.start();
    ({ bench, school } = curriculum);
    await curriculum.submit(curriculum.week());
  }, 60_000);

  afterAll(() => curriculum?.stop());

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
      { schoolId: school.id, date: '2026-11-28', weekday: 1 },
      { token },
    );
    expect((await scheduled(school.algebra.id)).lessons).toContainEqual(
      expect.objectContaining({ date: '2026-11-28', lessonNumber: 1 }),
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
      { schoolId: school.id, date: '2026-11-28', title: 'Актированный день' },
      { token },
    );
    expect((await scheduled(school.algebra.id)).lessons.map((lesson) => lesson.date)).not.toContain(
      '2026-11-28',
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
    // The second lesson is taught on Wednesdays.
    await expect(
      bench.rpc.call(setBells, { schoolId: school.id, bells: [bells[0]!, bells[2]!] }, { token }),
    ).rejects.toMatchObject({ code: 'curriculum.bell-in-use', details: { lessonNumbers: [2] } });
  });

  it('takes a timetable, and lays a day once, where two periods share it', async () => {
    const other = await new TestSchool(bench, 's2').tell();
    const periods = [
      { title: 'I четверть', startDate: '2026-09-01', endDate: '2026-11-23' },
      { title: 'II четверть', startDate: '2026-11-23', endDate: '2026-12-30' },
    ].map((period) => ({ ...period, periodId: randomUUID(), kind: 'quarter', parentId: null }));
    await other.tellYear(other.yearId, { periods }, 2);
    await eventually(async () => {
      const { rows } = await bench.admin.query(
        `select 1 from school_years where id = $1 and periods->0->>'endDate' = '2026-11-23'`,
        [other.yearId],
      );
      expect(rows).toHaveLength(1);
    });
    const line = `s2,${other.algebra.sourcedId},1,1,`;
    expect(await submit([line], { token: await other.token('administrator') })).toMatchObject({
      isApplied: true,
    });
    const { lessons } = await scheduled(other.algebra.id);
    expect(lessons.filter((lesson) => lesson.date === '2026-11-23')).toHaveLength(1);
  });

  it('is the running one through the summer, until the next begins at the school, which has its bells', async () => {
    const token = await school.token('teacher', school.teacher);
    const next = randomUUID();
    await school.tellYear(next, { title: '2027/2028', startDate: '2027-09-01', endDate: '2028-05-31' });
    const years = async () => bench.rpc.call(getSchoolYear, {}, { token });
    await eventually(async () =>
      expect((await bench.admin.query('select 1 from school_years where id = $1', [next])).rowCount).toBe(1),
    );
    // Yekaterinburg is five hours ahead: the last minute of 31 August there.
    for (const day of ['2027-05-31T12:00:00Z', '2027-07-15T12:00:00Z', '2027-08-31T18:59:00Z']) {
      curriculum.clock.set(day);
      const { years: found, earlier } = await years();
      expect(found).toMatchObject([{ academicYearId: school.yearId }]);
      expect(earlier).toEqual([]);
    }
    curriculum.clock.set('2027-08-31T19:01:00Z');
    const { years: found, earlier } = await years();
    expect(found).toMatchObject([{ academicYearId: next, bells: [{ startsAt: '09:00' }, {}, {}] }]);
    expect(earlier).toMatchObject([{ academicYearId: school.yearId, schoolId: school.id }]);
  });
});
