import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ClassList, ClassView, SchoolList } from '@parta/contracts-contingent';
import type { Role } from '@parta/platform-contract';
import { Database } from '@parta/platform-persistence';
import { Actor } from '@parta/platform-rpc';
import { DEMO_PACKAGE, Intake, OPERATOR } from '../../test/intake.js';
import { GetClassUseCase } from './get-class/get-class.js';
import { ListClassesUseCase } from './list-classes/list-classes.js';
import { ListSchoolsUseCase } from './list-schools/list-schools.js';

jest.setTimeout(60_000);

describe('the schools of the demo district', () => {
  let intake: Intake;
  let school: string;
  let college: string;

  beforeAll(async () => {
    intake = await Intake.open();
    await intake.expectPush('applied', DEMO_PACKAGE);
    const { rows } = await intake.admin.query('select school_id, sourced_id from school_directory');
    const idOf = (sourcedId: string) => rows.find((row) => row.sourced_id === sourcedId).school_id as string;
    school = idOf('pri-sch12');
    college = idOf('pri-college');
  }, 60_000);
  afterAll(() => intake?.close());

  const person = (role: Role, schoolId: string, personId: string | null = null) =>
    new Actor('account', crypto.randomUUID(), 'Кто-то', null, [{ role, schoolId, personId }], []);
  const read = <T>(actor: Actor, work: () => Promise<T>): Promise<T> =>
    intake.service!.get(Database).read({ schools: actor.schools() }, work);
  const schoolsOf = (actor: Actor): Promise<SchoolList> =>
    intake.service!.get(ListSchoolsUseCase).list({ actor, request: { school: null } as never });
  const classesOf = (actor: Actor): Promise<ClassList> =>
    read(actor, () => intake.service!.get(ListClassesUseCase).list(actor));
  const classOf = (actor: Actor, classId: string): Promise<ClassView> =>
    read(actor, () => intake.service!.get(GetClassUseCase).get({ classId }, actor));
  const alphabet = new Intl.Collator('ru');

  it('are all listed for the regional operator, with their numbers', async () => {
    const { schools } = await schoolsOf(OPERATOR);
    expect(schools.map(({ kind, classes, students, staff }) => [kind, classes, students, staff])).toEqual([
      ['college', 8, 182, 26],
      ['school', 9, 66, 20],
      ['school', 22, 568, 55],
    ]);
  });

  it('are listed for others if they are theirs', async () => {
    expect((await schoolsOf(person('teacher', school))).schools.map(({ schoolId }) => schoolId)).toEqual([
      school,
    ]);
    expect((await schoolsOf(person('guardian', college))).schools).toHaveLength(1);
  });

  it('list their classes by year and letter for the staff', async () => {
    const { classes } = await classesOf(person('secretary', school));
    expect(classes.map(({ title }) => title)).toEqual(
      '1А 1Б 1В 2А 2Б 3А 3Б 4А 4Б 5А 5Б 5В 6А 6Б 7А 7Б 8А 8Б 9А 9Б 10А 11А'.split(' '),
    );
    expect(classes[0]!.homeroomTeachers).toHaveLength(1);
    expect(classes.reduce((sum, { students }) => sum + students, 0)).toBe(568);
    expect((await classesOf(person('director', college))).classes.map(({ title }) => title)).toEqual([
      'МР-25',
      'МР-26',
      'СВ-25',
      'СВ-26',
      'ТО-25',
      'ТО-26',
      'ЭМ-25',
      'ЭМ-26',
    ]);
  });

  it('show a teacher who only teaches the classes he teaches, and no class to a stranger', async () => {
    const { rows } = await intake.admin.query(
      `select a.person_id, array_agg(distinct coalesce(g.class_id, a.group_id)::text) as classes
       from teaching_assignments a left join study_groups g using (school_id, group_id)
       where a.school_id = $1 group by 1 order by 1 limit 1`,
      [school],
    );
    const { person_id: personId, classes: taught } = rows[0] as { person_id: string; classes: string[] };
    const teacher = person('teacher', school, personId);
    const seen = (await classesOf(teacher)).classes.map(({ classId }) => classId);
    expect(seen.sort()).toEqual(taught.sort());
    expect(seen.length).toBeLessThan(22);
    expect((await classesOf(person('teacher', school, crypto.randomUUID()))).classes).toEqual([]);
    const all = (await classesOf(person('deputy-head', school))).classes;
    const hidden = all.find(({ classId }) => !taught.includes(classId))!;
    await expect(classOf(teacher, hidden.classId)).rejects.toMatchObject({
      code: 'contingent.class-not-found',
    });
    await expect(classOf(teacher, taught[0]!)).resolves.toMatchObject({ classId: taught[0] });
  });

  it('show a class with its students by the Russian alphabet, ё in its place', async () => {
    const { classes } = await classesOf(person('homeroom-teacher', school));
    for (const { classId, students } of classes.slice(0, 5)) {
      const view = await classOf(person('homeroom-teacher', school), classId);
      expect(view.list).toHaveLength(students);
      const names = view.list.map(({ name }) => name);
      expect(names).toEqual([...names].sort(alphabet.compare));
      expect(view.list.every(({ enrolledFrom }) => enrolledFrom === '2026-09-01')).toBe(true);
    }
    const { rows } = await intake.admin.query(
      `select name from (values ('Ёлкин'), ('Жуков'), ('Егоров'), ('Ершов'), ('Ежов')) v(name) order by name collate "ru-x-icu"`,
    );
    expect(rows.map(({ name }) => name)).toEqual(['Егоров', 'Ежов', 'Ёлкин', 'Ершов', 'Жуков']);
  });

  it('do not show a class of another school', async () => {
    const [other] = (await classesOf(person('director', college))).classes;
    await expect(classOf(person('director', school), other!.classId)).rejects.toMatchObject({
      code: 'contingent.class-not-found',
    });
  });
});
