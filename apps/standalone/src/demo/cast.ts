import type { CsvRow, RosterTables } from './roster-package.js';

/** A person of the roster that gets a demo account. */
export interface DemoPerson {
  role: string;
  /** the sending system's id of the school */
  school: string;
  familyName: string;
  givenName: string;
  middleName: string;
  /** a role to give by order, beyond those of the roster */
  grant?: string;
}

/**
 * Chooses, by rule and not by name, people whose accounts show Parta best: they belong together, so that what the
 * teacher enters is what the guardian of two, the student and the class teacher see.
 */
export function castOf(tables: RosterTables): DemoPerson[] {
  const users = new Map(table(tables, 'users.csv').map((user) => [user.sourcedId!, user]));
  const classes = new Map(table(tables, 'classes.csv').map((row) => [row.sourcedId!, row]));
  const enrolments = table(tables, 'enrollments.csv');
  const roles = table(tables, 'roles.csv');

  const teaches = new Map<string, CsvRow[]>();
  const classOf = new Map<string, CsvRow>();
  for (const enrolment of enrolments) {
    const group = classes.get(enrolment.classSourcedId!)!;
    if (enrolment.role === 'teacher')
      teaches.set(enrolment.userSourcedId!, [...(teaches.get(enrolment.userSourcedId!) ?? []), group]);
    else if (enrolment.role === 'student' && group.classType === 'homeroom')
      classOf.set(enrolment.userSourcedId!, group);
  }
  const homeroomsOf = (teacher: string) =>
    teaches.get(teacher)?.filter((group) => group.classType === 'homeroom') ?? [];
  const load = (teacher: string) =>
    teaches.get(teacher)?.filter((group) => group.classType === 'scheduled').length ?? 0;

  const children = new Map<string, CsvRow[]>();
  for (const user of users.values()) {
    for (const guardian of (user.agentSourcedIds ?? '').split(',').filter(Boolean)) {
      children.set(guardian, [...(children.get(guardian) ?? []), user]);
    }
  }
  const gradeOf = (student: CsvRow) => Number(classOf.get(student.sourcedId!)?.grades || 0);
  const guardian = must(
    [...children].find(
      ([, own]) =>
        own.length === 2 &&
        own.every((child) => gradeOf(child) >= 2) &&
        own.some((child) => gradeOf(child) >= 8),
    )?.[0],
    'a guardian of two',
  );
  const student = children.get(guardian)!.find((child) => gradeOf(child) >= 8)!;
  const home = classOf.get(student.sourcedId!)!;
  const school = home.schoolSourcedId!;

  const classTeacher = must(
    [...teaches.keys()].find((teacher) => homeroomsOf(teacher).includes(home)),
    'a class teacher',
  );
  const teacher = must(
    [...teaches.keys()]
      .filter(
        (candidate) =>
          homeroomsOf(candidate).length === 0 &&
          teaches
            .get(candidate)!
            .some((group) => group.classCode === home.classCode && group.schoolSourcedId === school),
      )
      .sort((a, b) => load(b) - load(a))[0],
    'a subject teacher',
  );
  const curator = must(
    [...teaches.keys()].find((candidate) => homeroomsOf(candidate).some((group) => !group.grades)),
    'a curator',
  );
  const holders = (role: string) =>
    roles.filter((row) => row.role === role && row.orgSourcedId === school).map((row) => row.userSourcedId!);
  const deputies = holders('siteAdministrator');
  const secretary = must(
    holders('teacher')
      .filter(
        (candidate) =>
          candidate !== teacher && candidate !== classTeacher && homeroomsOf(candidate).length === 0,
      )
      .sort((a, b) => load(a) - load(b))[0],
    'a secretary',
  );

  const person = (role: string, id: string | undefined, at = school, grant?: string): DemoPerson => {
    const user = users.get(must(id, role))!;
    return {
      role,
      school: at,
      familyName: user.familyName!,
      givenName: user.givenName!,
      middleName: user.middleName!,
      grant,
    };
  };
  return [
    person('administrator', deputies.at(-1), school, 'administrator'),
    person('director', holders('principal')[0]),
    person('deputy-head', deputies[0]),
    person('secretary', secretary, school, 'secretary'),
    person('teacher', teacher),
    person('homeroom-teacher', classTeacher),
    person('group-curator', curator, homeroomsOf(curator)[0]!.schoolSourcedId!),
    person('student', student.sourcedId),
    person('guardian', guardian),
  ];
}

function table(tables: RosterTables, name: string): CsvRow[] {
  return must(tables.get(name), name);
}

function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the demo package has no ${what}`);
  return value;
}
