import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Intake } from '../../../test/intake.js';
import { bulkOf, type Row, type Rows } from '../../../test/rosters.js';

/** A school with so many students, each enrolled once. */
function schoolOf(
  students: number,
  name: string,
): Required<
  Pick<Rows, 'orgs' | 'users' | 'roles' | 'classes' | 'enrollments' | 'courses' | 'academicSessions'>
> {
  const ids = Array.from({ length: students }, (_, index) => `${name}-${index}`);
  return {
    orgs: [{ sourcedId: name, name, type: 'school' }],
    academicSessions: [],
    users: ids.map((id) => ({
      sourcedId: id,
      enabledUser: 'true',
      username: id,
      givenName: 'Анна',
      familyName: 'Котова',
    })),
    roles: ids.map((id) => ({
      sourcedId: `r-${id}`,
      userSourcedId: id,
      roleType: 'primary',
      role: 'student',
      orgSourcedId: name,
    })),
    courses: [{ sourcedId: `c-${name}`, title: 'Класс', orgSourcedId: name }],
    classes: [
      {
        sourcedId: `k-${name}`,
        title: '5А',
        grades: '05',
        courseSourcedId: `c-${name}`,
        classType: 'homeroom',
        schoolSourcedId: name,
        termSourcedIds: 'year',
      },
    ],
    enrollments: ids.map((id) => ({
      sourcedId: `e-${id}`,
      classSourcedId: `k-${name}`,
      schoolSourcedId: name,
      userSourcedId: id,
      role: 'student',
    })),
  };
}

const year: Row = {
  sourcedId: 'year',
  title: '2026/2027',
  type: 'schoolYear',
  startDate: '2026-09-01',
  endDate: '2027-05-31',
  schoolYear: '2027',
};

/** All of both schools, but only so many enrolments of the small one. */
function district(enrolledInSmall = 30) {
  const [large, small] = [schoolOf(970, 'large'), schoolOf(30, 'small')];
  const rows: Rows = {};
  for (const file of Object.keys(large) as (keyof typeof large)[])
    rows[file] = [...large[file], ...small[file]];
  rows.academicSessions = [year];
  rows.enrollments = [...large.enrollments, ...small.enrollments.slice(0, enrolledInSmall)];
  return rows;
}

jest.setTimeout(60_000);

describe('a package that would end many enrolments', () => {
  let intake: Intake;

  beforeAll(async () => {
    intake = await Intake.open();
    await intake.expectPush('applied', bulkOf(district()));
  }, 60_000);
  afterAll(() => intake?.close());

  let facts = 0;
  beforeEach(async () => {
    facts = await intake.countOf('outbox');
  });

  const decide = (id: string, decision: 'apply' | 'refuse') => intake.decide(id, decision, 'проверено');
  const active = () => intake.countOf('enrolments', 'to_date is null');
  const truncated = () => {
    const rows = district();
    return bulkOf({ enrollments: rows.enrollments!.slice(0, 949) });
  };

  it('is applied while it ends no more than five in a hundred', async () => {
    const rows = district();
    const job = await intake.expectPush('applied', bulkOf({ enrollments: rows.enrollments!.slice(50) }));
    expect(job.counts.enrollments).toMatchObject({ ended: 50, unchanged: 950 });
    expect(await active()).toBe(950);
    const back = await intake.expectPush('applied', bulkOf({ enrollments: rows.enrollments! }));
    expect(back.counts.enrollments).toMatchObject({ updated: 50, unchanged: 950 });
    expect(await active()).toBe(1000);
  });

  it('is parked beyond that, with the numbers, and changes nothing', async () => {
    const job = await intake.push(truncated());
    expect(job).toMatchObject({ state: 'parked', finishedAt: null, errorCount: 0 });
    expect(job.reason).toMatch(/^Пакет завершает 51 из 1\s000 действующих зачислений \(5,1\s%\)/);
    expect(job.counts.enrollments).toMatchObject({ ended: 51 });
    expect(await active()).toBe(1000);
    expect(await intake.countOf('outbox')).toBe(facts);
    expect(await intake.countOf('source_records', 'ended_at is not null')).toBe(0);
    await decide(job.id, 'refuse');
  });

  it('is parked when it would empty one school, however small its share', async () => {
    const job = await intake.push(bulkOf({ enrollments: district(10).enrollments! }));
    expect(job.reason).toMatch(/завершает 20 из 30 .* в школе «small»/);
    await decide(job.id, 'refuse');
  });

  it('says so in a dry run, which is not parked', async () => {
    const job = await intake.push(truncated(), { dryRun: true });
    expect(job.state).toBe('validated');
    expect(job.reason).toMatch(/будет остановлен.*51 из/);
  });

  it('stays unapplied when a person refuses it', async () => {
    const { id } = await intake.push(truncated());
    expect(await decide(id, 'refuse')).toEqual({ id, state: 'refused' });
    expect(await intake.settled(id)).toMatchObject({
      state: 'refused',
      reason: 'Отклонено (Тестовый Пользователь): проверено',
    });
    expect(await active()).toBe(1000);
    await expect(decide(id, 'apply')).rejects.toMatchObject({ code: 'contingent.roster-not-parked' });
  });

  it('is applied when a person says so; the enrolments end with the day of the intake', async () => {
    const { id } = await intake.push(truncated());
    expect(await decide(id, 'apply')).toEqual({ id, state: 'queued' });
    expect(await intake.settled(id)).toMatchObject({ state: 'applied', reason: null });
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Samara' });
    expect(await intake.countOf('enrolments', `to_date = '${today}'`)).toBe(51);
    expect(await active()).toBe(949);
  });
});
