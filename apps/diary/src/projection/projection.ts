import { lessonsScheduled, type LessonsScheduledV1 } from '@parta/contracts-curriculum';
import { attendanceRecorded, lessonDescribed, markRecorded } from '@parta/contracts-journal';
import type { Envelope } from '@parta/platform-contract';
import { mirror, type Reaction } from '@parta/platform-messaging';
import { sql, type Database } from '@parta/platform-persistence';
import type { LiveUpdates } from './live-updates.js';

const BY_ID = ['school_id', 'id'];

/**
 * Lessons, topics, marks and absences as the facts tell. Each aggregate has its own table and its newest version wins,
 * so the order in which services are heard does not matter: a mark may come before its lesson.
 */
export const projection = (database: Database, live: LiveUpdates): Reaction[] => [
  mirror(
    database,
    lessonsScheduled,
    'lesson_lists',
    ['school_id', 'group_id'],
    ({ groupId }) => ({ group_id: groupId }),
    async (scheduled, envelope) => {
      await replaceLessons(database, scheduled, envelope);
      await live.group('timetable', envelope.schoolId!, scheduled.groupId, null);
    },
  ),
  mirror(
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
    (lesson, { schoolId }) => live.group('lesson', schoolId!, lesson.groupId, lesson.date),
  ),
  mirror(
    database,
    markRecorded,
    'marks',
    BY_ID,
    (mark, { occurredAt }) => ({
      id: mark.markId,
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
    (mark, { schoolId }) => live.student('mark', schoolId!, mark.studentId, mark.date),
  ),
  mirror(
    database,
    attendanceRecorded,
    'attendance',
    BY_ID,
    (one, { aggregateId }) => ({
      id: aggregateId,
      student_id: one.studentId,
      lesson_id: one.lessonId,
      date: one.date,
      subject_title: one.subjectTitle,
      code: one.code,
      minutes_late: one.minutesLate,
      reason: one.reason,
    }),
    (one, { schoolId }) => live.student('attendance', schoolId!, one.studentId, one.date),
  ),
];

async function replaceLessons(
  database: Database,
  { groupId, lessons }: LessonsScheduledV1,
  { schoolId }: Envelope,
): Promise<void> {
  await database.run(sql`
    update lessons set is_removed = true
    where school_id = ${schoolId} and group_id = ${groupId} and not is_removed
      and not id = any (${lessons.map((lesson) => lesson.lessonId)}::uuid[])`);
  await database.run(sql`
    insert into lessons (school_id, id, group_id, date, lesson_number, starts_at, ends_at, room, teacher_id)
    select ${schoolId}, x."lessonId", ${groupId}, x.date, x."lessonNumber", x."startsAt", x."endsAt", x.room, x."teacherId"
    from jsonb_to_recordset(${JSON.stringify(lessons)}::jsonb) as x("lessonId" uuid, date date, "lessonNumber" int,
      "startsAt" text, "endsAt" text, room text, "teacherId" uuid)
    on conflict (school_id, id) do update set date = excluded.date, lesson_number = excluded.lesson_number,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at, room = excluded.room, teacher_id = excluded.teacher_id,
      is_removed = false`);
}
