import {
  classRecorded,
  enrolmentRows,
  fullName,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
  studyGroupRecorded,
} from '@parta/contracts-contingent';
import { thematicPlanRecorded } from '@parta/contracts-curriculum';
import { listOf, mirror, type Reaction } from '@parta/platform-messaging';
import { sql, type Database } from '@parta/platform-persistence';
import { usualWorkTypes } from '../marks/domain/work-types.js';

const BY_ID = ['school_id', 'id'];

/** Journal's copy of the school: classes, groups, people, enrolments, plans. The newest version of each record wins. */
export const directory = (database: Database): Reaction[] => [
  mirror(
    database,
    schoolRecorded,
    'schools',
    ['school_id'],
    ({ schoolId, name, timeZone }) => ({ school_id: schoolId, name, time_zone: timeZone }),
    ({ schoolId }) => openJournal(database, schoolId),
  ),
  mirror(database, classRecorded, 'classes', BY_ID, (one) => ({
    id: one.classId,
    title: one.title,
    grade_level: one.gradeLevel,
    homeroom_teacher_ids: one.homeroomTeacherIds,
    is_active: one.isActive,
  })),
  mirror(database, studyGroupRecorded, 'study_groups', BY_ID, (group) => ({
    id: group.groupId,
    class_id: group.classId,
    title: group.title,
    subject_title: group.subjectTitle,
    teacher_ids: group.teacherIds,
    is_active: group.isActive,
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
      family_name: student.familyName,
      given_name: student.givenName,
      class_id: student.classId,
      grade_level: student.gradeLevel ?? null,
      is_active: student.isActive,
    }),
    listOf(database, 'enrolments', ({ personId }) => ({ student_id: personId }), enrolmentRows),
  ),
  mirror(
    database,
    thematicPlanRecorded,
    'thematic_plans',
    ['school_id', 'group_id'],
    ({ groupId, lessons }) => ({ group_id: groupId, lessons }),
  ),
];

/** A school that is new gets the usual kinds of work and the usual deadlines; both are its own from then on. */
async function openJournal(database: Database, schoolId: string): Promise<void> {
  const isNew = await database.run(
    sql`insert into policies (school_id) values (${schoolId}) on conflict do nothing`,
  );
  if (isNew === 0) return;
  await database.run(sql`
    insert into work_types (school_id, id, title, short_code, weight, is_written, position)
    select ${schoolId}, x.id, x.title, x."shortCode", x.weight, x."isWritten", x.position
    from jsonb_to_recordset(${JSON.stringify(usualWorkTypes())}::jsonb)
      as x(id uuid, title text, "shortCode" text, weight numeric, "isWritten" boolean, position int)`);
}
