import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  contingentFacts,
  type GuardianRecordedV1,
  type StudentRecordedV1,
} from '@parta/contracts-contingent';
import { parseMessage, type Envelope } from '@parta/platform-contract';
import { Client } from 'pg';
import { clientActor, DEMO_PACKAGE, Intake, KONTINGENT } from '../../../test/intake.js';
import { deltaOf, DemoRoster, fromDemoSystem } from '../../../test/rosters.js';

const UNTOUCHED = { created: 0, updated: 0, ended: 0, rejected: 0 };

/** The fields of the fact as its contract's fixture has them. */
const goldenKeys = (type: string): string[] => {
  const fixtures = join(import.meta.dirname, '../../../../../libs/contracts/contingent/fixtures');
  return Object.keys(JSON.parse(readFileSync(join(fixtures, `${type}.json`), 'utf8')) as object);
};

/** One district through its first weeks; each test goes on from where the one before left it. */
describe('the demo district', () => {
  let intake: Intake;
  let demo: DemoRoster;
  let said = 0;

  beforeAll(async () => {
    intake = await Intake.open();
    demo = await DemoRoster.open();
  }, 60_000);
  afterAll(() => intake?.close());

  const newFacts = async (): Promise<Envelope[]> => {
    const facts = await intake.factsSince(said);
    said += facts.length;
    return facts;
  };
  const idOf = async (entity: string, sourcedId: string): Promise<string> => {
    const { rows } = await intake.admin.query<{ id: string }>(
      'select id from source_records where entity = $1 and sourced_id = $2',
      [entity, sourcedId],
    );
    return rows[0]!.id;
  };

  it('is counted by a dry run, of which nothing stays', async () => {
    const job = await intake.push(DEMO_PACKAGE, { dryRun: true });
    expect(job).toMatchObject({ state: 'validated', progress: 100, errorCount: 0, reason: null });
    expect(job.counts.users).toEqual({ ...UNTOUCHED, created: 2155, unchanged: 0 });
    for (const table of [
      'source_records',
      'school_directory',
      'schools',
      'people',
      'outbox',
      'published_records',
    ])
      expect(await intake.countOf(table)).toBe(0);
  }, 60_000);

  it('is applied whole on the first intake, well under 15 seconds', async () => {
    const job = await intake.expectPush('applied', DEMO_PACKAGE);
    expect(
      Object.fromEntries(Object.entries(job.counts).map(([entity, { created }]) => [entity, created])),
    ).toEqual({
      academicSessions: 7,
      orgs: 4,
      courses: 297,
      classes: 534,
      users: 2155,
      roles: 2155,
      enrollments: 11115,
      demographics: 2155,
    });
    expect(job.records).toMatchObject({ users: 2155, enrollments: 11115 });
    expect(job).toMatchObject({ sourceSystem: 'kontingent-sample', submittedBy: 'kontingent', reason: null });
    expect(Date.parse(job.finishedAt!) - Date.parse(job.submittedAt)).toBeLessThan(15_000);
  }, 60_000);

  it('says one fact of each school, year, class, group and person, each as its contract has it', async () => {
    const facts = await newFacts();
    const byAggregate = Object.groupBy(facts, ({ type }) => type.split('.')[1]!);
    expect(
      Object.fromEntries(Object.entries(byAggregate).map(([name, list]) => [name, list!.length])),
    ).toEqual({
      school: 3,
      'academic-year': 3,
      class: 39,
      'study-group': 495,
      'staff-member': 101,
      guardian: 1238,
      student: 816,
    });
    for (const { type, data, aggregateVersion, actor } of facts) {
      const fact = contingentFacts.find((known) => known.type === type)!;
      expect(() => parseMessage(fact.data, data)).not.toThrow();
      expect(Object.keys(data as object)).toEqual(expect.arrayContaining(goldenKeys(type)));
      expect(aggregateVersion).toBe(1);
      expect(actor).toEqual({ accountId: null, personId: null, role: 'regional-system', name: 'kontingent' });
    }
  });

  it('knows the college by its groups without a year of study, and a subgroup by its slash', async () => {
    const { rows } = await intake.admin.query('select name, kind, time_zone from schools order by name');
    expect(rows).toEqual([
      { name: 'ГБПОУ «Приозёрский индустриальный техникум»', kind: 'college', time_zone: 'Europe/Samara' },
      { name: 'МБОУ «Заречная основная школа»', kind: 'school', time_zone: 'Europe/Samara' },
      { name: 'МБОУ «Средняя школа № 12» г. Приозёрска-на-Каме', kind: 'school', time_zone: 'Europe/Samara' },
    ]);
    const subgroup = await intake.admin.query(`
      select g.title, g.is_subgroup, c.title as class, g.subject_title, g.subject_code
      from study_groups g join classes c using (school_id, class_id) where g.title = '5В/2 Английский язык'`);
    expect(subgroup.rows).toEqual([
      {
        title: '5В/2 Английский язык',
        is_subgroup: true,
        class: '5В',
        subject_title: 'Английский язык',
        subject_code: 'S09',
      },
    ]);
    const periods = await intake.admin.query(`
      select s.kind as school, p.kind, count(*)::int as periods, count(p.parent_id)::int as inside
      from academic_periods p join schools s using (school_id) group by 1, 2 order by 1, 2`);
    expect(periods.rows).toEqual([
      { school: 'college', kind: 'semester', periods: 2, inside: 0 },
      { school: 'school', kind: 'half-year', periods: 4, inside: 0 },
      { school: 'school', kind: 'quarter', periods: 8, inside: 8 },
    ]);
  });

  it('changes nothing and says nothing when the same bytes come again', async () => {
    const job = await intake.expectPush('applied', DEMO_PACKAGE);
    for (const counts of Object.values(job.counts)) expect(counts).toMatchObject(UNTOUCHED);
    expect(job.counts.enrollments.unchanged).toBe(11115);
    expect(await newFacts()).toEqual([]);
  }, 60_000);

  it('says exactly the pupil who moved, the mother who was renamed and the pupil whose enrolment ended', async () => {
    const home5a = await demo.row(
      'classes',
      (row) => row.title === '5А' && row.schoolSourcedId === 'pri-sch12',
    );
    const home5b = await demo.row(
      'classes',
      (row) => row.title === '5Б' && row.schoolSourcedId === 'pri-sch12',
    );
    const isIn = (room: string) => (row: Record<string, string>) =>
      row.classSourcedId === room && row.role === 'student';
    const moved = await demo.row('enrollments', isIn(home5a.sourcedId!));
    const lessons = await demo.rows(
      'enrollments',
      (row) => row.schoolSourcedId === 'pri-zarech' && row.role === 'student',
    );
    const ended = lessons.at(-1)!;
    const child = await demo.row(
      'users',
      (row) =>
        row.sourcedId!.startsWith('stu-') &&
        row.agentSourcedIds !== '' &&
        row.sourcedId !== moved.userSourcedId,
    );
    const mother = await demo.row('users', (row) => row.sourcedId === child.agentSourcedIds!.split(',')[0]);

    const job = await intake.expectPush(
      'applied',
      fromDemoSystem(
        deltaOf({
          users: [{ ...mother, familyName: 'Новосёлова' }],
          enrollments: [
            { ...moved, classSourcedId: home5b.sourcedId! },
            { ...ended, status: 'tobedeleted' },
          ],
        }),
      ),
    );
    expect(job.counts.users).toEqual({ ...UNTOUCHED, updated: 1, unchanged: 0 });
    expect(job.counts.enrollments).toEqual({ ...UNTOUCHED, updated: 1, ended: 1, unchanged: 0 });

    const facts = await newFacts();
    expect(
      facts.map(({ type, aggregateId, aggregateVersion }) => [type, aggregateId, aggregateVersion]).sort(),
    ).toEqual(
      [
        ['contingent.guardian.recorded.v1', await idOf('users', mother.sourcedId!), 2],
        ['contingent.student.recorded.v1', await idOf('users', moved.userSourcedId!), 2],
        ['contingent.student.recorded.v1', await idOf('users', ended.userSourcedId!), 2],
      ].sort(),
    );
    const guardian = facts.find(({ type }) => type.includes('guardian'))!.data as GuardianRecordedV1;
    expect(guardian).toMatchObject({ familyName: 'Новосёлова', isActive: true });
    const students = new Map(
      facts
        .filter(({ type }) => type.includes('student'))
        .map((fact) => [fact.aggregateId, fact.data as StudentRecordedV1]),
    );
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Samara' });
    const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
    const newcomer = students.get(await idOf('users', moved.userSourcedId!))!;
    expect(newcomer.classId).toBe(await idOf('classes', home5b.sourcedId!));
    expect(newcomer.enrolments).toEqual(
      expect.arrayContaining([
        { groupId: await idOf('classes', home5a.sourcedId!), from: '2026-09-01', to: yesterday },
        { groupId: await idOf('classes', home5b.sourcedId!), from: today, to: null },
      ]),
    );
    const leaver = students.get(await idOf('users', ended.userSourcedId!))!;
    expect(leaver.isActive).toBe(true);
    expect(leaver.enrolments.filter(({ to }) => to !== null)).toEqual([
      { groupId: await idOf('classes', ended.classSourcedId!), from: '2026-09-01', to: today },
    ]);
  }, 60_000);

  it('ignores a change that is older than what is known', async () => {
    const child = await demo.row(
      'users',
      (row) => row.sourcedId!.startsWith('stu-') && row.agentSourcedIds !== '',
    );
    const mother = await demo.row('users', (row) => row.sourcedId === child.agentSourcedIds!.split(',')[0]);
    const version = (familyName: string, at: string) =>
      intake.expectPush('applied', fromDemoSystem(deltaOf({ users: [{ ...mother, familyName }] }, at)));
    const now = Date.now();
    await version('Поздняя', new Date(now).toISOString());
    const late = await version('Ранняя', new Date(now - 1).toISOString());
    expect(late.counts.users).toEqual({ ...UNTOUCHED, unchanged: 1 });
    const { rows } = await intake.admin.query('select family_name from people where person_id = $1', [
      await idOf('users', mother.sourcedId!),
    ]);
    expect(rows).toEqual([{ family_name: 'Поздняя' }]);
    expect(await newFacts()).toHaveLength(1);
  }, 60_000);

  it('keeps each school’s rows and the source’s records from whoever does not name them', async () => {
    const role = new Client({ connectionString: intake.database.urls.contingent!.runtime });
    await role.connect();
    try {
      const { rows: tables } = await intake.admin.query<{ name: string }>(`
        select relname as name from pg_class where relnamespace = 'contingent'::regnamespace and relrowsecurity`);
      expect(tables).toHaveLength(13);
      const { rows: schools } = await intake.admin.query<{ school_id: string }>(
        'select school_id from schools',
      );
      const [one, other] = schools.map((row) => row.school_id);
      for (const { name } of tables) {
        expect((await role.query(`select 1 from ${name}`)).rowCount).toBe(0);
        const column = name === 'source_records' ? 'source_id' : 'school_id';
        await role.query(`select set_config('app.schools', $1, false)`, [one]);
        expect((await role.query(`select 1 from ${name} where ${column} <> $1`, [one])).rowCount).toBe(0);
        expect(
          (await role.query(`update ${name} set ${column} = ${column} where ${column} = $1`, [other]))
            .rowCount,
        ).toBe(0);
        await role.query(`select set_config('app.schools', '', false)`);
      }
      await role.query(`select set_config('app.schools', $1, false)`, [one]);
      await expect(
        role.query(`insert into guardianships values ($1, $1, $1, true)`, [other]),
      ).rejects.toThrow(/row-level security/);
    } finally {
      await role.end();
    }
  });

  it('lets another system neither see the job nor push in this system’s name', async () => {
    const another = clientActor('another');
    const job = await intake.push(DEMO_PACKAGE, { as: another });
    expect(job).toMatchObject({
      state: 'refused',
      errors: [{ code: 'manifest.foreign_source', file: 'manifest.csv' }],
    });
    const own = await intake.submit(DEMO_PACKAGE, { dryRun: true });
    await expect(intake.job(own, another)).rejects.toMatchObject({
      code: 'contingent.roster-job-not-found',
    });
    expect(await intake.job(own, KONTINGENT)).toMatchObject({ id: own });
    await intake.settled(own);
  }, 60_000);
});
