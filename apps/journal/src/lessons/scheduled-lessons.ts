import { lessonsScheduled, type LessonsScheduledV1 } from '@parta/contracts-curriculum';
import type { Envelope } from '@parta/platform-contract';
import { mirror, toldAgain, type Reaction } from '@parta/platform-messaging';
import { markedList, sql, type Database, type SqlFragment } from '@parta/platform-persistence';
import type { LiveUpdates } from '../integration/live-updates.js';
import { hasEntries } from './lesson-rows.js';

const HAS_ENTRIES = hasEntries('lessons');

/**
 * The lessons curriculum has laid. A lesson that the list of its academic year has no more is removed only as long as
 * nothing is written about it; with entries it stays. Who teaches a lesson with entries does not change either: whoever
 * has written can correct it.
 */
export function scheduledLessons(database: Database, live: LiveUpdates): Reaction {
  const tell = ({ groupId }: LessonsScheduledV1, { schoolId }: Envelope): void =>
    live.journal({ schoolId: schoolId!, groupId, date: null });
  const reaction = mirror(
    database,
    lessonsScheduled,
    'lessons_of_years',
    ['school_id', 'group_id', 'academic_year_id'],
    ({ groupId, academicYearId }) => ({ group_id: groupId, academic_year_id: academicYearId }),
    async (list, envelope) => {
      const teacherOf = await teachersWhoHaveWritten(database, list, envelope);
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
          teacher_id: teacherOf.get(lesson.lessonId) ?? lesson.teacherId,
          is_outside_timetable: lesson.isOutsideTimetable ?? false,
        })),
        sql`${isOfYear(list, envelope)} and not ${HAS_ENTRIES}`,
      );
      // Of lists that came when lessons with entries were still removed.
      await database.run(sql`
        update lessons set is_removed = false
        where school_id = ${envelope.schoolId} and group_id = ${list.groupId} and is_removed and ${HAS_ENTRIES}`);
      await database.run(sql`
        update lessons set is_outside_timetable = true
        where school_id = ${envelope.schoolId} and group_id = ${list.groupId} and not is_removed and not is_outside_timetable
          and ${isOfYear(list, envelope)} and not id = any (${list.lessons.map((lesson) => lesson.lessonId)}::uuid[])`);
      tell(list, envelope);
    },
  );
  return toldAgain(reaction, tell);
}

/** The teachers of the group's lessons with entries, by lesson. */
async function teachersWhoHaveWritten(
  database: Database,
  { groupId }: LessonsScheduledV1,
  { schoolId }: Envelope,
): Promise<Map<string, string>> {
  const rows = await database.rows<{ id: string; teacherId: string }>(sql`
    select id, teacher_id as "teacherId" from lessons
    where school_id = ${schoolId} and group_id = ${groupId} and teacher_id is not null and ${HAS_ENTRIES}`);
  return new Map(rows.map(({ id, teacherId }) => [id, teacherId]));
}

/** Lessons `lessons` of the list's academic year; of those stored without a year, the ones since its first lesson. */
const isOfYear = ({ academicYearId, lessons }: LessonsScheduledV1, { occurredAt }: Envelope): SqlFragment => {
  const firstDay = lessons.map(({ date }) => date).sort()[0] ?? occurredAt.slice(0, 10);
  return sql`(academic_year_id = ${academicYearId} or academic_year_id is null and date >= ${firstDay}::date)`;
};
