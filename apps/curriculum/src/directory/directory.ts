import {
  classRecorded,
  fullName,
  schoolRecorded,
  staffMemberRecorded,
  studyGroupRecorded,
} from '@parta/contracts-contingent';
import { mirror, type Reaction } from '@parta/platform-messaging';
import type { Database } from '@parta/platform-persistence';
import type { LessonLayer } from '../timetable/lesson-layer.js';

const BY_ID = ['school_id', 'id'];

/** Curriculum's copy of schools, classes, study groups and teachers; the newest version of each wins. */
export const directory = (database: Database, lessons: LessonLayer): Reaction[] => [
  mirror(database, schoolRecorded, 'schools', ['school_id'], (school) => ({
    school_id: school.schoolId,
    name: school.name,
    kind: school.kind,
    time_zone: school.timeZone,
    sourced_id: school.sourcedId ?? null,
  })),
  mirror(database, classRecorded, 'classes', BY_ID, (one) => ({
    id: one.classId,
    title: one.title,
    grade_level: one.gradeLevel,
    is_active: one.isActive,
  })),
  mirror(
    database,
    studyGroupRecorded,
    'study_groups',
    BY_ID,
    (group) => ({
      id: group.groupId,
      class_id: group.classId,
      title: group.title,
      subject_title: group.subjectTitle,
      is_subgroup: group.isSubgroup,
      teacher_ids: group.teacherIds,
      sourced_id: group.sourcedId,
      is_active: group.isActive,
    }),
    // Coming lessons follow a new main teacher, and end with the group.
    (group, { schoolId }) => lessons.lay(schoolId!, [group.groupId]),
  ),
  mirror(database, staffMemberRecorded, 'teachers', BY_ID, (person) => ({
    id: person.personId,
    name: fullName(person),
  })),
];
