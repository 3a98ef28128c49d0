import { lessonsScheduled, type LessonsScheduledV1 } from '@parta/contracts-curriculum';
import type { Envelope } from '@parta/platform-contract';
import { mirror, toldAgain, type Reaction } from '@parta/platform-messaging';
import { markedList, sql, type Database, type SqlFragment } from '@parta/platform-persistence';
import type { LiveUpdates } from '../integration/live-updates.js';

/** Something was written about lesson `lessons`, be it taken back since. */
const HAS_ENTRIES: SqlFragment = sql.trusted(`(entries_version > 0 or description_version > 0
  or exists (select 1 from cells c where c.school_id = lessons.school_id and c.lesson_id = lessons.id)
  or exists (select 1 from marks m where m.school_id = lessons.school_id and m.lesson_id = lessons.id))`);

/**
 * The lessons curriculum has laid. A lesson that the list of its academic year has no more is removed only as long as
 * nothing is written about it; with entries it stays with its last teacher, who can read and correct it.
 */
export function scheduledLessons(database: Database, live: LiveUpdates): Reaction {
  const tell = ({ groupId }: LessonsScheduledV1, { schoolId }: Envelope): void =>
    live.journal({ schoolId: schoolId!, groupId, date: null });
  const reaction = mirror(
    database,
    lessonsScheduled,
    'lesson_lists',
    ['school_id', 'group_id'],
    ({ groupId }) => ({ group_id: groupId }),
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
        sql`${isOfYear(list, envelope)} and not ${HAS_ENTRIES}`,
      );
      // Of lists that came when lessons with entries were still removed.
      await database.run(sql`
        update lessons set is_removed = false
        where school_id = ${envelope.schoolId} and group_id = ${list.groupId} and is_removed and ${HAS_ENTRIES}`);
      tell(list, envelope);
    },
  );
  return toldAgain(reaction, tell);
}

/** Lessons `lessons` of the list's academic year; of those stored without a year, the ones since its first lesson. */
const isOfYear = ({ academicYearId, lessons }: LessonsScheduledV1, { occurredAt }: Envelope): SqlFragment => {
  const firstDay = lessons.map(({ date }) => date).sort()[0] ?? occurredAt.slice(0, 10);
  return sql`(academic_year_id = ${academicYearId} or academic_year_id is null and date >= ${firstDay}::date)`;
};
