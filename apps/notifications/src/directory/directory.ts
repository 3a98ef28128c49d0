import {
  classRecorded,
  guardianRecorded,
  schoolRecorded,
  studentRecorded,
} from '@parta/contracts-contingent';
import { mirror, type Reaction } from '@parta/platform-messaging';
import { replaceList, type Database } from '@parta/platform-persistence';

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
    ({ personId, enrolments }, { schoolId }) =>
      replaceList(
        database,
        'enrolments',
        { school_id: schoolId, student_id: personId },
        enrolments.map(({ groupId, from, to }) => ({
          group_id: groupId,
          from_date: from ?? '-infinity',
          to_date: to,
        })),
      ),
  ),
  mirror(
    database,
    guardianRecorded,
    'guardians',
    BY_ID,
    (guardian) => ({
      id: guardian.personId,
      name: [guardian.familyName, guardian.givenName, guardian.middleName].filter(Boolean).join(' '),
      email: guardian.email,
      phone: guardian.phone,
      is_active: guardian.isActive,
    }),
    ({ personId, studentIds }, { schoolId }) =>
      replaceList(
        database,
        'guardian_children',
        { school_id: schoolId, guardian_id: personId },
        studentIds.map((student_id) => ({ student_id })),
      ),
  ),
];
