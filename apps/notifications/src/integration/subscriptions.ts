import {
  classRecorded,
  guardianRecorded,
  schoolRecorded,
  studentRecorded,
} from '@parta/contracts-contingent';
import { attendanceOf, lessonDescribed, lessonEntriesRecorded, marksOf } from '@parta/contracts-journal';
import { on, onList, type Reaction } from '@parta/platform-messaging';
import type { Get } from '@parta/platform-rpc';
import { Directory } from '../directory/directory.js';
import { JournalFacts } from '../notices/journal-facts.js';

/** What notifications hears of. */
export function subscriptions(get: Get): Reaction[] {
  const directory = get(Directory);
  const journal = get(JournalFacts);
  return [
    on(schoolRecorded, (school, envelope) => directory.onSchoolRecorded(school, envelope)),
    on(classRecorded, (one, envelope) => directory.onClassRecorded(one, envelope)),
    on(studentRecorded, (student, envelope) => directory.onStudentRecorded(student, envelope)),
    on(guardianRecorded, (guardian, envelope) => directory.onGuardianRecorded(guardian, envelope)),
    onList(lessonEntriesRecorded, async (facts) => {
      await journal.onMarksRecorded(facts.flatMap(marksOf));
      await journal.onAttendancesRecorded(facts.flatMap(attendanceOf));
    }),
    on(lessonDescribed, (lesson, envelope) => journal.onLessonDescribed(lesson, envelope)),
  ];
}
