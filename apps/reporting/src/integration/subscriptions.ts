import {
  classRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
  studyGroupRecorded,
} from '@parta/contracts-contingent';
import { lessonsScheduled, schoolYearRecorded } from '@parta/contracts-curriculum';
import {
  attendanceOf,
  lessonDescribed,
  lessonEntriesRecorded,
  marksOf,
  type RecordedAttendance,
  type RecordedMark,
  type WithLesson,
} from '@parta/contracts-journal';
import { keeper, mirror, onList, type Reaction } from '@parta/platform-messaging';
import { Database } from '@parta/platform-persistence';
import type { Get } from '@parta/platform-rpc';

const BY_ID = ['school_id', 'id'];

/** What reporting hears of, and the columns it keeps: each fact is one statement, the newest version wins. */
export function subscriptions(get: Get): Reaction[] {
  const database = get(Database);
  return [
    mirror(database, schoolRecorded, 'schools', ['school_id'], (school) => ({
      school_id: school.schoolId,
      name: school.name,
      time_zone: school.timeZone,
    })),
    mirror(database, schoolYearRecorded, 'school_years', BY_ID, (year) => ({
      id: year.academicYearId,
      title: year.title,
      start_date: year.startDate,
      end_date: year.endDate,
      periods: year.periods,
    })),
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
      family_name: person.familyName,
      given_name: person.givenName,
      middle_name: person.middleName,
      roles: person.roles,
      is_active: person.isActive,
    })),
    mirror(database, studentRecorded, 'students', BY_ID, (student) => ({
      id: student.personId,
      family_name: student.familyName,
      given_name: student.givenName,
      enrolments: student.enrolments,
    })),
    mirror(
      database,
      lessonsScheduled,
      'lesson_lists',
      ['school_id', 'group_id', 'academic_year_id'],
      ({ groupId, academicYearId, lessons }) => ({
        group_id: groupId,
        academic_year_id: academicYearId,
        lessons: lessons.map(({ lessonId, date, lessonNumber }) => ({ lessonId, date, lessonNumber })),
      }),
    ),
    mirror(database, lessonDescribed, 'lesson_descriptions', ['school_id', 'lesson_id'], (lesson) => ({
      lesson_id: lesson.lessonId,
      group_id: lesson.groupId,
      date: lesson.date,
      topic: lesson.topic,
      homework: lesson.homework.text,
      no_homework: lesson.homework.noHomework,
      individual: lesson.homework.individual,
    })),
    entries(database),
  ];
}

function entries(database: Database): Reaction {
  const keepMarks = keeper(database, 'marks', BY_ID, (mark: WithLesson<RecordedMark>, { occurredAt }) => ({
    id: mark.markId,
    group_id: mark.groupId,
    student_id: mark.studentId,
    lesson_id: mark.lessonId,
    date: mark.date,
    subject_title: mark.subjectTitle,
    value: mark.value,
    numeric_value: mark.numericValue,
    weight: mark.weight,
    is_annulled: mark.isAnnulled,
    recorded_at: occurredAt,
  }));
  const keepAttendance = keeper(database, 'attendance', BY_ID, (one: WithLesson<RecordedAttendance>) => ({
    id: one.cellId,
    group_id: one.groupId,
    student_id: one.studentId,
    lesson_id: one.lessonId,
    date: one.date,
    code: one.code,
  }));
  return onList(lessonEntriesRecorded, async (facts) => {
    await Promise.all([keepMarks(facts.flatMap(marksOf)), keepAttendance(facts.flatMap(attendanceOf))]);
  });
}
