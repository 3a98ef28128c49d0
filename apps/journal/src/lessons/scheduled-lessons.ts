import { lessonsScheduled } from '@parta/contracts-curriculum';
import { mirror, type Reaction } from '@parta/platform-messaging';
import { markedList, type Database } from '@parta/platform-persistence';
import type { LiveUpdates } from '../integration/live-updates.js';

/** The lessons curriculum has laid. What the teacher wrote into one stays, even when the lesson is removed. */
export const scheduledLessons = (database: Database, live: LiveUpdates): Reaction =>
  mirror(
    database,
    lessonsScheduled,
    'lesson_lists',
    ['school_id', 'group_id'],
    ({ groupId }) => ({ group_id: groupId }),
    async ({ groupId, lessons }, { schoolId }) => {
      await markedList(
        database,
        'lessons',
        { school_id: schoolId, group_id: groupId },
        lessons.map((lesson) => ({
          id: lesson.lessonId,
          date: lesson.date,
          lesson_number: lesson.lessonNumber,
          starts_at: lesson.startsAt,
          ends_at: lesson.endsAt,
          room: lesson.room,
          teacher_id: lesson.teacherId,
        })),
      );
      live.journal({ schoolId: schoolId!, groupId, date: null });
    },
  );
