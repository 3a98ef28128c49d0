import { lessonsScheduled, type LessonsScheduledV1 } from '@parta/contracts-curriculum';
import type { Envelope } from '@parta/platform-contract';
import { mirror, toldAgain, type Reaction } from '@parta/platform-messaging';
import { markedList, type Database } from '@parta/platform-persistence';
import type { LiveUpdates } from '../integration/live-updates.js';

/** The lessons curriculum has laid. What the teacher wrote into one stays, even when the lesson is removed. */
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
          date: lesson.date,
          lesson_number: lesson.lessonNumber,
          starts_at: lesson.startsAt,
          ends_at: lesson.endsAt,
          room: lesson.room,
          teacher_id: lesson.teacherId,
        })),
      );
      tell(list, envelope);
    },
  );
  return toldAgain(reaction, tell);
}
