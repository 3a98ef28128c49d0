import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aClass, aStudyGroup } from '@parta/contracts-contingent/testing';
import { aSchoolYear } from '@parta/contracts-curriculum/testing';
import {
  cancelReport,
  deleteReport,
  downloadReport,
  getReport,
  getReportChoices,
  listReports,
  type OrderReport,
} from '@parta/contracts-reporting';
import { type Operation } from '@parta/platform-contract';
import { eventually, type ServiceBench } from '@parta/platform-testing';
import { Client } from 'pg';
import { ReportsUnderTest } from './reports-under-test.js';
import { TestSchool } from './school-builder.js';

const Q2 = { from: '2026-11-02', to: '2026-12-30' };

describe('orders of reports', () => {
  let reports: ReportsUnderTest;
  let bench: ServiceBench;
  let school: TestSchool;
  let other: TestSchool;
  let teacher: string;
  let head: string;

  const order: ReportsUnderTest['order'] = (...asked) => reports.order(...asked);
  const ended: ReportsUnderTest['ended'] = (...asked) => reports.ended(...asked);
  const get: ReportsUnderTest['get'] = (...asked) => reports.get(...asked);
  const journalOf = (groupId: string) => reports.journalOf(groupId);

  beforeAll(async () => {
    reports = await ReportsUnderTest.start();
    ({ bench, school, other, teacher, head } = reports);
  }, 60_000);

  afterAll(() => reports?.stop(), 30_000);

  it('offers what the actor may order', async () => {
    const choices = async (token: string) => {
      const { groups, classes } = await bench.rpc.call(getReportChoices, {}, { token });
      return [groups.map((one) => one.title), classes.map((one) => one.title)];
    };
    expect(await choices(teacher)).toEqual([['7А Алгебра'], []]);
    expect(await choices(await school.token('homeroom-teacher', school.staff.homeroom))).toEqual([
      ['7А Алгебра', '7А История'],
      ['7А'],
    ]);
    for (const role of ['secretary', 'director', 'administrator'] as const) {
      expect(await choices(await school.token(role))).toEqual([
        ['7А Алгебра', '7А История', '7Б Алгебра'],
        ['7А', '7Б'],
      ]);
    }
  });

  it('offers what is active no more as long as it holds entries; when the next year has begun it is past', async () => {
    const { bench: of } = reports;
    const closed = await new TestSchool(of, 'Школа прошлых лет').tell();
    const { say, classId, otherClassId, algebra, history, staff } = closed;
    await closed.tellLessons(algebra, ['2026-11-16']);
    await closed.mark(algebra, '2026-11-16', 'Абрамов', { value: '5' });
    await say(aStudyGroup(algebra, { classId, teacherIds: [staff.algebra], isActive: false }), 2);
    await say(aStudyGroup(history, { classId, title: '7А История', isActive: false }), 2);
    await say(aClass(classId, { isActive: false }), 2);
    await say(aClass(otherClassId, { title: '8Б' }), 2);
    await say(aSchoolYear(randomUUID(), { startDate: '2027-09-01', endDate: '2028-05-31', periods: [] }));
    const token = await closed.token('deputy-head');
    const offered = async () => {
      const { groups, classes } = await of.rpc.call(getReportChoices, {}, { token });
      return [...groups, ...classes].map((one) => [one.title, one.isPast]);
    };
    const expected = (isPast: boolean) => {
      const [gone, stays] = [
        [
          ['7А Алгебра', isPast],
          ['7Б Алгебра', false],
        ],
        [
          ['7А', isPast],
          ['8Б', false],
        ],
      ].map((list) => (isPast ? list.toReversed() : list));
      return [...gone!, ...stays!];
    };
    await eventually(async () => expect(await offered()).toEqual(expected(false)));
    reports.clock.set('2027-08-31T18:59:00Z');
    expect(await offered()).toEqual(expected(false));
    reports.clock.set('2027-08-31T19:01:00Z');
    expect(await offered()).toEqual(expected(true));
    reports.clock.set('2026-11-20T06:00:00Z');
  });

  it('offers nothing here to a teacher of another school, though the region knows both as one person', async () => {
    const personId = school.staff.algebra;
    const token = await bench.keys.tokenOf([
      { role: 'nurse', schoolId: school.id, personId },
      { role: 'teacher', schoolId: other.id, personId },
    ]);
    expect(await bench.rpc.call(getReportChoices, {}, { token })).toEqual({ groups: [], classes: [] });
    await expect(order(journalOf(school.algebra), token)).rejects.toMatchObject({
      code: 'reporting.group-not-found',
    });
  });

  it('answers the same key with the same report', async () => {
    const key = randomUUID();
    const first = await order(journalOf(school.algebra), teacher, key);
    expect(await order(journalOf(school.algebra), teacher, key)).toEqual(first);
  });

  it.each([
    ['a group the teacher does not teach', { groupId: 'history' }, 'reporting.group-not-found'],
    ['a class of another class teacher', { classId: 'otherClassId' }, 'reporting.class-not-found'],
  ] as const)('refuses %s', async (_, which, code) => {
    const homeroom = await school.token('homeroom-teacher', school.staff.homeroom);
    const [as, input]: [string, OrderReport] =
      'groupId' in which
        ? [teacher, journalOf(school[which.groupId])]
        : [homeroom, { kind: 'class-progress', classId: school[which.classId], ...Q2 }];
    await expect(order(input, as)).rejects.toMatchObject({ code, kind: 'not-found' });
  });

  it('refuses another school, families, and what cannot be printed', async () => {
    const stranger = await other.token('director');
    await expect(order(journalOf(school.algebra), stranger)).rejects.toMatchObject({
      code: 'reporting.group-not-found',
    });
    for (const role of ['guardian', 'student'] as const) {
      await expect(order(journalOf(school.algebra), await school.token(role))).rejects.toMatchObject({
        code: 'access.forbidden',
      });
    }
    const journal = { kind: 'class-subject-journal', groupId: school.algebra } as const;
    const refusals: [Partial<OrderReport>, string][] = [
      [{ periodId: randomUUID() }, 'reporting.period-not-found'],
      [{ periodId: other.quarters[0] }, 'reporting.period-not-found'],
      [{ from: '2026-11-02', to: '2027-09-01' }, 'reporting.period-outside-year'],
      [{ from: '2026-12-30', to: '2026-11-02' }, 'reporting.period-outside-year'],
      [{ from: '2026-12-02', to: '2026-12-30' }, 'reporting.nothing-to-print'],
      [{ from: '2026-02-30', to: '2026-12-30' }, 'request.invalid'],
      [{ from: '2026-12-02' }, 'request.invalid'],
      [{ classId: school.classId, ...Q2 }, 'request.invalid'],
    ];
    for (const [more, code] of refusals) {
      await expect(order({ ...journal, ...more }, head)).rejects.toMatchObject({ code });
    }
  });

  it('shows a report to who ordered it and to the leadership, and to nobody else', async () => {
    const { id } = await order(journalOf(school.algebra), teacher);
    await ended(id, teacher);
    expect(await get(id, head)).toMatchObject({
      isMine: false,
      title: '7А Алгебра',
      periodTitle: 'II четверть',
    });
    const strangers = [
      await school.token('teacher', school.staff.history),
      await school.token('teacher', school.staff.algebra, randomUUID()),
      await other.token('director'),
    ];
    for (const token of strangers) {
      for (const operation of [getReport, downloadReport, cancelReport, deleteReport] as Operation[]) {
        await expect(bench.rpc.call(operation, { id }, { token })).rejects.toMatchObject({
          code: 'reporting.report-not-found',
        });
      }
      expect((await bench.rpc.call(listReports, {}, { token })).reports.map((one) => one.id)).not.toContain(
        id,
      );
    }
    expect((await bench.rpc.call(listReports, {}, { token: head })).reports.map((one) => one.id)).toContain(
      id,
    );
    expect((await bench.rpc.call(listReports, { mine: true }, { token: head })).total).toBe(0);
  });

  it('does not show another school by SQL as its own role', async () => {
    const client = new Client({ connectionString: bench.database.urls.reporting!.runtime });
    await client.connect();
    try {
      await client.query(`select set_config('app.schools', $1, false)`, [other.id]);
      for (const table of ['report_jobs', 'marks', 'attendance', 'lesson_descriptions', 'lesson_lists']) {
        expect([table, (await client.query(`select * from ${table}`)).rows]).toEqual([table, []]);
      }
      const { rows } = await client.query('select distinct school_id from students');
      expect(rows).toEqual([{ school_id: other.id }]);
    } finally {
      await client.end();
    }
  });
});
