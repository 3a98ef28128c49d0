import { lessonsScheduled, type LessonsScheduledV1 } from '@parta/contracts-curriculum';
import type { Envelope } from '@parta/platform-contract';
import { mirror, type Reaction } from '@parta/platform-messaging';
import { sql, type Database } from '@parta/platform-persistence';
import type { LiveUpdates } from '../integration/live-updates.js';

/** The lessons curriculum has laid. What the teacher wrote into one stays, even when the lesson is removed. */
export const scheduledLessons = (database: Database, live: LiveUpdates): Reaction =>
  mirror(
    database,
    lessonsScheduled,
    'lesson_lists',
    ['school_id', 'group_id'],
    ({ groupId }) => ({ group_id: groupId }),
    async (scheduled, envelope) => {
      await layLessons(database, scheduled, envelope);
      live.journal({ schoolId: envelope.schoolId!, groupId: scheduled.groupId, date: null });
    },
  );

async function layLessons(
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
