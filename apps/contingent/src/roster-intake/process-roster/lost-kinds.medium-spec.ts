import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Intake } from '../../../test/intake.js';
import { bulkOf, deltaOf, type Row, type Rows } from '../../../test/rosters.js';

const thisYear = new Date().getFullYear();
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const user = (sourcedId: string, agentSourcedIds = ''): Row => ({
  sourcedId,
  enabledUser: 'true',
  username: sourcedId,
  givenName: 'Анна',
  familyName: 'Котова',
  agentSourcedIds,
});
const role = (userSourcedId: string, word: string): Row => ({
  sourcedId: `r-${userSourcedId}`,
  userSourcedId,
  roleType: 'primary',
  role: word,
  orgSourcedId: 'one',
});
const classOf = (sourcedId: string): Row => ({
  sourcedId,
  title: '5А',
  grades: '05',
  courseSourcedId: 'course',
  classType: 'homeroom',
  schoolSourcedId: 'one',
  termSourcedIds: 'year',
});
const teaching = (index: number, classSourcedId: string, year: string): Row => ({
  sourcedId: `t-${year}-${index}`,
  classSourcedId,
  schoolSourcedId: 'one',
  userSourcedId: `staff-${index}`,
  role: 'teacher',
});

const students = numbers(20).map((index) => user(`student-${index}`, `mother-${index}`));
const mothers = numbers(20).map((index) => user(`mother-${index}`));
const staff = numbers(12).map((index) => user(`staff-${index}`));
const rolesOf = (people: readonly Row[], word: string) =>
  people.map(({ sourcedId }) => role(sourcedId!, word));
const staffRoles = rolesOf(staff, 'teacher');
const schools: Row[] = ['one', 'two'].map((name) => ({ sourcedId: name, name, type: 'school' }));
const classes = numbers(3).map((index) => classOf(`k-${index}`));
const teachings = numbers(12).map((index) => teaching(index, `k-${index % 3}`, 'old'));

const roster: Rows = {
  orgs: schools,
  academicSessions: [
    {
      sourcedId: 'year',
      title: '2026/2027',
      type: 'schoolYear',
      startDate: `${thisYear - 1}-09-01`,
      endDate: `${thisYear + 1}-05-31`,
      schoolYear: '2027',
    },
  ],
  users: [...students, ...mothers, ...staff],
  roles: [...rolesOf(students, 'student'), ...rolesOf(mothers, 'parent'), ...staffRoles],
  courses: [{ sourcedId: 'course', title: 'Класс', orgSourcedId: 'one' }],
  classes,
  enrollments: teachings,
};
const deleted = (rows: readonly Row[]) => rows.map((row) => ({ ...row, status: 'tobedeleted' }));
const delta = (rows: Rows) => deltaOf(rows);

jest.setTimeout(60_000);

describe('a package that would end many records of any kind', () => {
  let intake: Intake;

  beforeAll(async () => {
    intake = await Intake.open();
    await intake.expectPush('applied', bulkOf(roster));
  }, 60_000);
  afterAll(() => intake?.close());

  it.each([
    [
      'a bulk without guardians',
      /20 из 20 родителей/,
      () =>
        bulkOf({
          users: [...students.map((row) => ({ ...row, agentSourcedIds: '' })), ...staff],
          roles: [...rolesOf(students, 'student'), ...staffRoles],
        }),
    ],
    [
      'a bulk whose students name no guardians',
      /20 из 20 связей/,
      () =>
        bulkOf({
          users: [...students.map((row) => ({ ...row, agentSourcedIds: '' })), ...mothers, ...staff],
        }),
    ],
    [
      'a delta that ends all staff’s roles',
      /12 из 12 сотрудников/,
      () => delta({ roles: deleted(staffRoles) }),
    ],
    [
      'a delta that closes all staff’s roles by their end date',
      /12 из 12 сотрудников/,
      () => delta({ roles: staffRoles.map((row) => ({ ...row, endDate: '2026-10-01' })) }),
    ],
    [
      'a delta that makes parents of all staff',
      /12 из 12 сотрудников/,
      () => delta({ roles: rolesOf(staff, 'parent') }),
    ],
    ['a delta that ends the students', /20 из 20 учащихся/, () => delta({ users: deleted(students) })],
    ['a delta that ends one school', /1 из 2 школ/, () => delta({ orgs: deleted(schools.slice(1)) })],
    ['a bulk without one school', /1 из 2 школ/, () => bulkOf({ orgs: schools.slice(0, 1) })],
    [
      'a delta that ends all classes',
      /3 из 3 классов/,
      () => delta({ classes: deleted(classes), enrollments: deleted(teachings) }),
    ],
    [
      'a delta that ends the teachers’ enrolments',
      /12 из 12 назначений/,
      () => delta({ enrollments: deleted(teachings) }),
    ],
  ])('%s is parked', async (_, reason, builder) => {
    const facts = await intake.countOf('outbox');
    const job = await intake.push(builder());
    expect(job).toMatchObject({ state: 'parked', errorCount: 0, reason: expect.stringMatching(reason) });
    expect(await intake.countOf('outbox')).toBe(facts);
    expect(await intake.countOf('source_records', 'ended_at is not null')).toBe(0);
    await intake.decide(job.id, 'refuse', 'проверено');
  });

  it('a single departure is applied', async () => {
    await intake.expectPush('applied', delta({ roles: deleted(staffRoles.slice(11)) }));
  });

  it('a new school year, which replaces classes and teachers’ enrolments, is applied', async () => {
    const next = numbers(3).map((index) => classOf(`n-${index}`));
    await intake.expectPush(
      'applied',
      bulkOf({
        classes: next,
        enrollments: numbers(11)
          .map((index) => teaching(index, `n-${index % 3}`, 'new'))
          .concat(teaching(0, 'n-1', 'more')),
      }),
    );
  });
});
