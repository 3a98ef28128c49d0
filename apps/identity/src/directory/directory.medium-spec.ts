import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  classRecorded,
  guardianRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
} from '@parta/contracts-contingent';
import { listPeople } from '@parta/contracts-identity';
import { Database, sql } from '@parta/platform-persistence';
import { eventually } from '@parta/platform-testing';
import { IdentityUnderTest } from '../../test/identity-under-test.js';
import { SchoolInDirectory } from '../../test/school.js';
import { FirstOperator } from '../accounts/first-operator.js';

const nobody = { middleName: null, username: null, email: null, phone: null, isActive: true };

describe('the directory', () => {
  let identity: IdentityUnderTest;

  beforeAll(async () => {
    identity = await IdentityUnderTest.start();
  }, 60_000);
  afterAll(() => identity?.stop());

  const ties = (schoolId: string) =>
    identity.rows('select student_id, guardian_id from open_guardianships where school_id = $1', [schoolId]);

  it('is built from the facts that contingent publishes', async () => {
    const [schoolId, classId, teacher, student, mother] = Array.from({ length: 5 }, () => crypto.randomUUID()) as [
      string, string, string, string, string,
    ]; // prettier-ignore
    const say = (fact: Parameters<typeof identity.bench.publish>[0], aggregateId: string, data: object) =>
      identity.bench.publish(fact, { schoolId, aggregateId, version: 1 }, data);
    await say(schoolRecorded, schoolId, {
      schoolId,
      name: 'Лицей',
      kind: 'school',
      timeZone: 'Europe/Moscow',
      isActive: true,
    });
    await say(classRecorded, classId, {
      classId,
      title: '1А',
      gradeLevel: 1,
      kind: 'class',
      homeroomTeacherIds: [teacher],
      isActive: true,
    });
    await say(staffMemberRecorded, teacher, {
      ...nobody,
      personId: teacher,
      familyName: 'А',
      givenName: 'А',
      roles: ['teacher'],
    });
    await say(studentRecorded, student, {
      ...nobody, personId: student, familyName: 'Б', givenName: 'Б', birthDate: null, sex: null, classId, enrolments: [], guardianIds: [mother],
    }); // prettier-ignore
    await say(guardianRecorded, mother, {
      ...nobody,
      personId: mother,
      familyName: 'В',
      givenName: 'В',
      kind: 'parent',
      studentIds: [student],
    });
    const operator = await identity.operatorToken();
    const page = await eventually(async () => {
      const answer = await identity.call(listPeople, { schoolId }, operator);
      expect(answer.total).toBe(3);
      return answer;
    });
    expect(page.people).toMatchObject([
      { personId: teacher, grants: [{ role: 'homeroom-teacher' }, { role: 'teacher' }] },
      { personId: student, classTitles: ['1А'], relatives: ['В В'] },
      { personId: mother, relatives: ['Б Б, 1А'] },
    ]);
  });

  it('keeps the newest of what it hears, in whatever order', async () => {
    const school = await SchoolInDirectory.make(identity);
    const personId = crypto.randomUUID();
    const hear = (familyName: string, version: number) =>
      identity.hear(
        staffMemberRecorded,
        school.id,
        personId,
        { ...nobody, personId, familyName, givenName: 'А', roles: [] },
        version,
      );
    await hear('Вторая', 2);
    await hear('Первая', 1);
    await hear('Вторая', 2);
    const names = () => identity.rows('select family_name from people where person_id = $1', [personId]);
    expect(await names()).toEqual([{ family_name: 'Вторая' }]);
    await hear('Третья', 3);
    expect(await names()).toEqual([{ family_name: 'Третья' }]);
  });

  it('gives no role to somebody whose access the roster curtails, and keeps the person', async () => {
    const school = await SchoolInDirectory.make(identity);
    const personId = crypto.randomUUID();
    const member = { ...nobody, personId, familyName: 'А', givenName: 'А', roles: ['teacher'] };
    await identity.hear(staffMemberRecorded, school.id, personId, { ...member, accessIsEnabled: false }, 1);
    await school.schoolClass('5А', [personId]);
    const operator = await identity.operatorToken();
    const shown = async () => (await identity.call(listPeople, { schoolId: school.id }, operator)).people;
    expect(await shown()).toMatchObject([{ personId, grants: [] }]);
    await identity.hear(staffMemberRecorded, school.id, personId, { ...member, accessIsEnabled: true }, 2);
    expect(await shown()).toMatchObject([{ grants: [{ role: 'homeroom-teacher' }, { role: 'teacher' }] }]);
  });

  it('ties guardian and child while both records say so', async () => {
    const school = await SchoolInDirectory.make(identity);
    const mother = crypto.randomUUID();
    const child = await school.student({ familyName: 'Б', givenName: 'Б' }, null, [mother]);
    expect(await ties(school.id)).toEqual([]);
    await school.guardian({ familyName: 'Б', givenName: 'М' }, [child], mother);
    expect(await ties(school.id)).toEqual([{ student_id: child, guardian_id: mother }]);
    await school.student({ familyName: 'Б', givenName: 'Б' }, null, [], child);
    expect(await ties(school.id)).toEqual([]);
    await school.student({ familyName: 'Б', givenName: 'Б' }, null, [mother], child);
    await school.guardian({ familyName: 'Б', givenName: 'М' }, [], mother);
    expect(await ties(school.id)).toEqual([]);
  });

  it('does not let an older record of a guardian bring back a child', async () => {
    const school = await SchoolInDirectory.make(identity);
    const [mother, child] = [crypto.randomUUID(), crypto.randomUUID()];
    await school.student({ familyName: 'Б', givenName: 'Б' }, null, [mother], child);
    const hear = (studentIds: string[], version: number) =>
      identity.hear(
        guardianRecorded,
        school.id,
        mother,
        { ...nobody, personId: mother, familyName: 'Б', givenName: 'М', kind: 'parent', studentIds },
        version,
      );
    await hear([], 8);
    await hear([child], 7);
    expect(await ties(school.id)).toEqual([]);
  });
});

describe('row-level security', () => {
  let identity: IdentityUnderTest;
  const tables = ['schools', 'classes', 'people', 'guardianships', 'account_people', 'invitations', 'grants'];

  beforeAll(async () => {
    identity = await IdentityUnderTest.start();
  }, 60_000);
  afterAll(() => identity?.stop());

  it('shows the service’s own role nothing outside the schools of its unit of work', async () => {
    const school = await SchoolInDirectory.make(identity);
    const mother = crypto.randomUUID();
    const classId = await school.schoolClass('5А');
    const child = await school.student({ familyName: 'Б', givenName: 'Б' }, classId, [mother]);
    await school.guardian({ familyName: 'Б', givenName: 'М' }, [child], mother);
    await school.administrator();
    const database = identity.bench.service.get(Database);
    const count = (schools: string[], table: string) =>
      database.read(
        { schools },
        async () => (await database.rows(sql`select 1 from ${sql.trusted(table)}`)).length,
      );
    for (const table of [
      'schools',
      'classes',
      'people',
      'guardianships',
      'account_people',
      'person_grants',
      'open_guardianships',
    ]) {
      expect(await count([school.id], table)).toBeGreaterThan(0);
      expect(await count([crypto.randomUUID()], table)).toBe(0);
      expect(await count([], table)).toBe(0);
    }
  });

  it('lets the service’s own role write nothing outside of them', async () => {
    const school = await SchoolInDirectory.make(identity);
    const personId = await school.staff({ familyName: 'А', givenName: 'А' }, ['teacher']);
    const database = identity.bench.service.get(Database);
    await database.write({ schools: [crypto.randomUUID()] }, async () => {
      expect(await database.run(sql`update people set family_name = 'Б' where person_id = ${personId}`)).toBe(
        0,
      );
      expect(await database.run(sql`delete from people where person_id = ${personId}`)).toBe(0);
    });
    const insert = database.write({ schools: [crypto.randomUUID()] }, () =>
      database.run(sql`insert into schools values (${crypto.randomUUID()}, 'x', 'school', 'UTC', true, 1)`),
    );
    await expect(insert).rejects.toThrow(/row-level security/);
  });

  it('is forced on every table of schools', async () => {
    const forced = await identity.rows<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'identity'::regnamespace and relrowsecurity and relforcerowsecurity`,
    );
    expect(forced.map((row) => row.relname).toSorted()).toEqual(tables.toSorted());
  });
});

describe('the first operator', () => {
  it('is made once, however often the service starts', async () => {
    const identity = await IdentityUnderTest.start();
    try {
      const operators = () =>
        identity.rows('select id, password_hash from accounts where is_regional_operator');
      const before = await operators();
      expect(before).toHaveLength(1);
      await Promise.all([1, 2, 3].map(() => identity.bench.service.get(FirstOperator).onModuleInit()));
      expect(await operators()).toEqual(before);
    } finally {
      await identity.stop();
    }
  }, 60_000);
});
