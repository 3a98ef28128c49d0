import { lessonsScheduled, type LessonsScheduledV1 } from '@parta/contracts-curriculum';
import {
  attendanceOf,
  lessonDescribed,
  lessonEntriesRecorded,
  marksOf,
  type LessonDescribedV1,
  type LessonEntriesRecordedV1,
  type RecordedAttendance,
  type RecordedMark,
  type WithLesson,
} from '@parta/contracts-journal';
import type { Envelope } from '@parta/platform-contract';
import { keeper, mirror, onList, toldAgain, type Reaction } from '@parta/platform-messaging';
import { markedList, sql, type Database, type SqlFragment } from '@parta/platform-persistence';
import type { LiveUpdates } from './live-updates.js';

const BY_ID = ['school_id', 'id'];

/**
 * Lessons, topics, marks and absences as the facts tell. Each aggregate has its own table and its newest version wins,
 * so the order in which services are heard does not matter: a mark may come before its lesson.
 */
export const projection = (database: Database, live: LiveUpdates): Reaction[] => [
  scheduled(database, live),
  described(database, live),
  entries(database, live),
];

function scheduled(database: Database, live: LiveUpdates): Reaction {
  const tell = ({ groupId }: LessonsScheduledV1, { schoolId }: Envelope): Promise<void> =>
    live.group('timetable', schoolId!, groupId, null);
  const reaction = mirror(
    database,
    lessonsScheduled,
    'lessons_of_years',
    ['school_id', 'group_id', 'academic_year_id'],
    ({ groupId, academicYearId }) => ({ group_id: groupId, academic_year_id: academicYearId }),
    async (list, envelope) => {
      await markedList(
        database,
        'lessons',
        { school_id: envelope.schoolId, group_id: list.groupId },
        list.lessons.map((lesson) => ({
          id: lesson.lessonId,
          academic_year_id: list.academicYearId,
          date: lesson.date,
          lesson_number: lesson.lessonNumber,
          starts_at: lesson.startsAt,
          ends_at: lesson.endsAt,
          room: lesson.room,
          teacher_id: lesson.teacherId,
        })),
        isOfYear(list, envelope),
      );
      await tell(list, envelope);
    },
  );
  return toldAgain(reaction, tell);
}

/** Lessons `lessons` of the list's academic year; of those stored without a year, the ones since its first lesson. */
const isOfYear = ({ academicYearId, lessons }: LessonsScheduledV1, { occurredAt }: Envelope): SqlFragment => {
  const firstDay = lessons.map(({ date }) => date).sort()[0] ?? occurredAt.slice(0, 10);
  return sql`(academic_year_id = ${academicYearId} or academic_year_id is null and date >= ${firstDay}::date)`;
};

function described(database: Database, live: LiveUpdates): Reaction {
  const tell = ({ groupId, date }: LessonDescribedV1, { schoolId }: Envelope): Promise<void> =>
    live.group('lesson', schoolId!, groupId, date);
  const reaction = mirror(
    database,
    lessonDescribed,
    'lesson_descriptions',
    ['school_id', 'lesson_id'],
    ({ lessonId, topic, homework, commentForFamilies }) => ({
      lesson_id: lessonId,
      topic,
      homework: homework.text,
      no_homework: homework.noHomework,
      homework_due: homework.dueDate,
      individual: homework.individual,
      comment_for_families: commentForFamilies,
    }),
    tell,
  );
  return toldAgain(reaction, tell);
}

function entries(database: Database, live: LiveUpdates): Reaction {
  const tellMark = ({ studentId, date }: WithLesson<RecordedMark>, { schoolId }: Envelope): void =>
    live.student('mark', schoolId!, studentId, date);
  const tellAttendance = (
    { studentId, date }: WithLesson<RecordedAttendance>,
    { schoolId }: Envelope,
  ): void => live.student('attendance', schoolId!, studentId, date);
  const keepMarks = keeper(
    database,
    'marks',
    BY_ID,
    (mark: WithLesson<RecordedMark>, { occurredAt }) => ({
      id: mark.markId,
      group_id: mark.groupId,
      student_id: mark.studentId,
      lesson_id: mark.lessonId,
      date: mark.date,
      subject_title: mark.subjectTitle,
      value: mark.value,
      numeric_value: mark.numericValue,
      work_type_title: mark.workTypeTitle,
      weight: mark.weight,
      comment: mark.comment,
      previous_value: mark.previousValue,
      is_annulled: mark.isAnnulled,
      recorded_at: occurredAt,
    }),
    tellMark,
  );
  const keepAttendance = keeper(
    database,
    'attendance',
    BY_ID,
    (one: WithLesson<RecordedAttendance>) => ({
      id: one.cellId,
      group_id: one.groupId,
      student_id: one.studentId,
      lesson_id: one.lessonId,
      date: one.date,
      subject_title: one.subjectTitle,
      code: one.code,
      minutes_late: one.minutesLate,
      reason: one.reason,
    }),
    tellAttendance,
  );
  const reaction = onList(lessonEntriesRecorded, async (facts) => {
    await Promise.all([keepMarks(facts.flatMap(marksOf)), keepAttendance(facts.flatMap(attendanceOf))]);
  });
  return toldAgain<LessonEntriesRecordedV1>(reaction, (_, fact) => {
    for (const mark of marksOf(fact)) tellMark(mark.data, mark);
    for (const one of attendanceOf(fact)) tellAttendance(one.data, one);
  });
}
