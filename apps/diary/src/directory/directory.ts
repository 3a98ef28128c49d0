import {
  classRecorded,
  enrolmentRows,
  fullName,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
  studyGroupRecorded,
} from '@parta/contracts-contingent';
import { schoolYearRecorded } from '@parta/contracts-curriculum';
import { listOf, mirror, type Reaction } from '@parta/platform-messaging';
import type { Database } from '@parta/platform-persistence';

const BY_ID = ['school_id', 'id'];

/** Who learns where, and from whom: the diary's copy. The newest version of each record wins. */
export const directory = (database: Database): Reaction[] => [
  mirror(database, schoolRecorded, 'schools', ['school_id'], (school) => ({
    school_id: school.schoolId,
    kind: school.kind,
    time_zone: school.timeZone,
  })),
  mirror(database, schoolYearRecorded, 'school_years', BY_ID, (year) => ({
    id: year.academicYearId,
    start_date: year.startDate,
    end_date: year.endDate,
    periods: year.periods,
    days_off: year.daysOff,
  })),
  mirror(database, classRecorded, 'classes', BY_ID, (one) => ({
    id: one.classId,
    title: one.title,
    grade_level: one.gradeLevel,
    homeroom_teacher_ids: one.homeroomTeacherIds,
  })),
  mirror(database, studyGroupRecorded, 'study_groups', BY_ID, (group) => ({
    id: group.groupId,
    subject_title: group.subjectTitle,
    teacher_ids: group.teacherIds,
  })),
  mirror(database, staffMemberRecorded, 'staff', BY_ID, (person) => ({
    id: person.personId,
    name: fullName(person),
  })),
  mirror(
    database,
    studentRecorded,
    'students',
    BY_ID,
    (student) => ({
      id: student.personId,
      name: `${student.familyName} ${student.givenName}`,
      class_id: student.classId,
    }),
    listOf(database, 'enrolments', ({ personId }) => ({ student_id: personId }), enrolmentRows),
  ),
];
