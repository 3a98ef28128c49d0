import {
  classRecorded,
  enrolmentRows,
  fullName,
  guardianRecorded,
  schoolRecorded,
  studentRecorded,
} from '@parta/contracts-contingent';
import { listOf, mirror, type Reaction } from '@parta/platform-messaging';
import type { Database } from '@parta/platform-persistence';

const BY_ID = ['school_id', 'id'];

/** Whose child is whose, and where families are to be reached: a copy, in which the newest version of each record wins. */
export const directory = (database: Database): Reaction[] => [
  mirror(database, schoolRecorded, 'schools', ['school_id'], ({ schoolId, name, timeZone }) => ({
    school_id: schoolId,
    name,
    time_zone: timeZone,
  })),
  mirror(database, classRecorded, 'classes', BY_ID, ({ classId, title }) => ({ id: classId, title })),
  mirror(
    database,
    studentRecorded,
    'students',
    BY_ID,
    (student) => ({
      id: student.personId,
      family_name: student.familyName,
      given_name: student.givenName,
      class_id: student.classId,
    }),
    listOf(database, 'enrolments', ({ personId }) => ({ student_id: personId }), enrolmentRows),
  ),
  mirror(
    database,
    guardianRecorded,
    'guardians',
    BY_ID,
    (guardian) => ({
      id: guardian.personId,
      name: fullName(guardian),
      email: guardian.email,
      phone: guardian.phone,
      is_active: guardian.isActive,
    }),
    listOf(
      database,
      'guardian_children',
      ({ personId }) => ({ guardian_id: personId }),
      ({ studentIds }) => studentIds.map((student_id) => ({ student_id })),
    ),
  ),
];
