import { randomUUID as uuid } from 'node:crypto';
import { STAFF_ROLES, type Role } from '@parta/platform-contract';

/** The day on which everything happens, after the last lesson. */
export const NOW = '2026-11-18T15:00:00Z';
export const TODAY = NOW.slice(0, 10);
export const TOMORROW = '2026-11-19';
export const LATER = '2027-06-01T00:00:00Z';

/** A study group of one teacher, with what that teacher has to do with. */
export interface Teaching {
  groupId: string;
  teacherId: string;
  lessonId: string;
  requestId: string;
  reportId: string;
  /** a report that is still being made */
  unfinishedReportId: string;
  fileId: string;
  /** who has ordered the reports */
  accountId: string;
}

/** A pupil and its guardian, with what concerns them. */
export interface Family {
  studentId: string;
  guardianId: string;
  messageId: string;
  consentId: string;
  accountId: string;
  sessionId: string;
}

export interface TestClass {
  classId: string;
  title: string;
  homeroomTeacherIds: string[];
  teachings: Teaching[];
  families: Family[];
}

export interface TestSchool {
  schoolId: string;
  name: string;
  academicYearId: string;
  periodId: string;
  workTypeId: string;
  /** of the staff, and of no class */
  librarianId: string;
  /** the librarian's role, as the roster gives it */
  grantId: string;
  classes: TestClass[];
}

const teaching = (teacherId: string, accountId: string): Teaching => ({
  groupId: uuid(),
  teacherId,
  lessonId: uuid(),
  requestId: uuid(),
  reportId: uuid(),
  unfinishedReportId: uuid(),
  fileId: uuid(),
  accountId,
});

const family = (): Family => ({
  studentId: uuid(),
  guardianId: uuid(),
  messageId: uuid(),
  consentId: uuid(),
  accountId: uuid(),
  sessionId: uuid(),
});

const school = (name: string, classes: TestClass[]): TestSchool => ({
  schoolId: uuid(),
  name,
  academicYearId: uuid(),
  periodId: uuid(),
  workTypeId: '',
  librarianId: uuid(),
  grantId: '',
  classes,
});

const anotherClass = (title: string, families: number): TestClass => {
  const teacherId = uuid();
  return {
    classId: uuid(),
    title,
    homeroomTeacherIds: [teacherId],
    teachings: [teaching(teacherId, uuid())],
    families: Array.from({ length: families }, family),
  };
};

/** The person and the account of whoever holds a role. */
export interface Holder {
  personId: string;
  accountId: string;
  sessionId: string;
  /** another one, to be ended */
  endedSessionId: string;
}

/**
 * Two schools. In the own class each member of staff, whatever the role, teaches a group of their own, so that a role
 * alone decides; the class teacher and the curator lead it; two families have children in it, all in every group.
 */
export interface TestRegion {
  holders: Record<Role, Holder>;
  own: TestSchool;
  foreign: TestSchool;
}

export function testRegion(roles: readonly Role[]): TestRegion {
  const families = [family(), family()];
  const personOf = (role: Role): string => {
    if (role === 'student') return families[0]!.studentId;
    return STAFF_ROLES.includes(role) || role === 'regional-operator' ? uuid() : families[0]!.guardianId;
  };
  const holders = Object.fromEntries(
    roles.map((role) => [
      role,
      { personId: personOf(role), accountId: uuid(), sessionId: uuid(), endedSessionId: uuid() },
    ]),
  ) as Record<Role, Holder>;
  const ownClass: TestClass = {
    classId: uuid(),
    title: '7А',
    homeroomTeacherIds: [holders['homeroom-teacher'].personId, holders['group-curator'].personId],
    teachings: [
      ...STAFF_ROLES.map((role) => teaching(holders[role].personId, holders[role].accountId)),
      teaching(uuid(), uuid()),
    ],
    families,
  };
  return {
    holders,
    own: school('Своя школа', [ownClass, anotherClass('7Б', 1)]),
    foreign: school('Чужая школа', [anotherClass('8А', 1)]),
  };
}
