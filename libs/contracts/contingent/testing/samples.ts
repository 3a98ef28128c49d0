import { randomUUID } from 'node:crypto';
import {
  academicYearRecorded,
  classRecorded,
  guardianRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
  studyGroupRecorded,
  type AcademicYearRecordedV1,
  type ClassRecordedV1,
  type GuardianRecordedV1,
  type RecordedEnrolmentV1,
  type RecordedPeriodV1,
  type SchoolRecordedV1,
  type StaffMemberRecordedV1,
  type StudentRecordedV1,
  type StudyGroupRecordedV1,
} from '../src/index.js';

/*
 * Contingent's facts as tests tell them. What a test does not say is as in most schools: class 7А, algebra, two quarters.
 */

export const aSchool = (schoolId: string, more: Partial<SchoolRecordedV1> = {}) => ({
  fact: schoolRecorded,
  aggregateId: schoolId,
  data: {
    schoolId,
    name: 'Средняя школа № 1',
    kind: 'school',
    timeZone: 'Asia/Yekaterinburg',
    isActive: true,
    ...more,
  },
});

const quarter = (title: string, startDate: string, endDate: string): RecordedPeriodV1 => ({
  periodId: randomUUID(),
  title,
  kind: 'quarter',
  startDate,
  endDate,
  parentId: null,
});

export const anAcademicYear = (academicYearId: string, more: Partial<AcademicYearRecordedV1> = {}) => ({
  fact: academicYearRecorded,
  aggregateId: academicYearId,
  data: {
    academicYearId,
    title: '2026/2027 учебный год',
    startDate: '2026-09-01',
    endDate: '2027-05-31',
    periods: [
      quarter('I четверть', '2026-09-01', '2026-10-24'),
      quarter('II четверть', '2026-11-02', '2026-12-30'),
    ],
    ...more,
  },
});

export const aClass = (classId: string, more: Partial<ClassRecordedV1> = {}) => ({
  fact: classRecorded,
  aggregateId: classId,
  data: {
    classId,
    title: '7А',
    gradeLevel: 7,
    kind: 'class',
    homeroomTeacherIds: [],
    isActive: true,
    ...more,
  },
});

export const aStudyGroup = (groupId: string, more: Partial<StudyGroupRecordedV1> = {}) => ({
  fact: studyGroupRecorded,
  aggregateId: groupId,
  data: {
    groupId,
    classId: null,
    title: '7А Алгебра',
    subjectTitle: 'Алгебра',
    subjectCode: null,
    isSubgroup: false,
    teacherIds: [],
    sourcedId: `g-${groupId}`,
    isActive: true,
    ...more,
  },
});

const PERSON = { middleName: null, username: null, email: null, phone: null, isActive: true };

/** The names of «Жуков Иван». */
export function named(name: string): { familyName: string; givenName: string } {
  const [familyName, givenName] = name.split(' ') as [string, string];
  return { familyName, givenName };
}

export const aStaffMember = (personId: string, more: Partial<StaffMemberRecordedV1> = {}) => ({
  fact: staffMemberRecorded,
  aggregateId: personId,
  data: { ...PERSON, ...named('Иванова Анна'), personId, roles: ['teacher'], ...more },
});

/** Places in classes and groups, by default from the first day of the school year and as long as it lasts. */
export const enrolledIn = (
  groupIds: readonly string[],
  from: string | null = '2026-09-01',
  to: string | null = null,
): RecordedEnrolmentV1[] => groupIds.map((groupId) => ({ groupId, from, to }));

export const aStudent = (personId: string, more: Partial<StudentRecordedV1> = {}) => ({
  fact: studentRecorded,
  aggregateId: personId,
  data: {
    ...PERSON,
    ...named('Абрамов Пётр'),
    personId,
    birthDate: null,
    sex: null,
    classId: null,
    guardianIds: [],
    enrolments: [],
    ...more,
  },
});

export const aGuardian = (personId: string, more: Partial<GuardianRecordedV1> = {}) => ({
  fact: guardianRecorded,
  aggregateId: personId,
  data: { ...PERSON, ...named('Иванова Мария'), personId, kind: 'parent', studentIds: [], ...more },
});
