import { attendanceOf, lessonDescribed, lessonEntriesRecorded, marksOf } from '@parta/contracts-journal';
import { on, onList, type Reaction } from '@parta/platform-messaging';
import { Database } from '@parta/platform-persistence';
import type { Get } from '@parta/platform-rpc';
import { directory } from '../directory/directory.js';
import { JournalFacts } from '../notices/journal-facts.js';

/** What notifications hears of. */
export function subscriptions(get: Get): Reaction[] {
  const journal = get(JournalFacts);
  return [
    ...directory(get(Database)),
    onList(lessonEntriesRecorded, async (facts) => {
      await journal.onMarksRecorded(facts.flatMap(marksOf));
      await journal.onAttendancesRecorded(facts.flatMap(attendanceOf));
    }),
    on(lessonDescribed, (lesson, envelope) => journal.onLessonDescribed(lesson, envelope)),
  ];
}
