import { Module } from '@nestjs/common';
import { type MigrationSet, keptForGood, parkedFactsCanBeDiscarded } from '@parta/platform-persistence';
import type { ServiceDefinition } from '@parta/platform-rpc';
import { JournalHistory } from './history/journal-history.js';
import { journalWordOf, LiveUpdates } from './integration/live-updates.js';
import { PublishedEvents } from './integration/published-events.js';
import { subscriptions } from './integration/subscriptions.js';
import { DescribeLesson } from './lessons/describe-lesson/describe-lesson.js';
import { GetLesson } from './lessons/get-lesson/get-lesson.js';
import { ListMyLessons } from './lessons/list-my-lessons/list-my-lessons.js';
import { TakeAttendance } from './lessons/take-attendance/take-attendance.js';
import { Changes } from './marks/changes.js';
import { GetCellHistory } from './marks/get-cell-history/get-cell-history.js';
import { ListWorkTypes } from './marks/list-work-types/list-work-types.js';
import { RecordEntries } from './marks/record-entries/record-entries.js';
import { SheetRows } from './marks/sheet-rows.js';
import { WorkTypes } from './marks/work-types.js';
import { JournalAttendanceTaken } from './migrations/attendance-taken.js';
import { JournalEntriesVersion } from './migrations/entries-version.js';
import { JournalLessonYears } from './migrations/lesson-years.js';
import { JournalListsByYear } from './migrations/lists-by-year.js';
import { JournalInitialSchema } from './migrations/initial-schema.js';
import { JournalOpeningRequests } from './migrations/opening-requests.js';
import { JournalOutsideTimetable } from './migrations/outside-timetable.js';
import { JournalOwnGrades } from './migrations/own-grades.js';
import { DecideOpening } from './openings/decide-opening/decide-opening.js';
import { ListOpeningRequests } from './openings/list-opening-requests/list-opening-requests.js';
import { RequestOpening } from './openings/request-opening/request-opening.js';
import { ExplainAbsences } from './oversight/explain-absences/explain-absences.js';
import { ListClassAbsences } from './oversight/list-class-absences/list-class-absences.js';
import { ListMissing } from './oversight/list-missing/list-missing.js';
import { GetJournalPage } from './pages/get-journal-page/get-journal-page.js';
import { ListJournals } from './pages/list-journals/list-journals.js';

@Module({
  controllers: [
    ListMyLessons,
    GetLesson,
    DescribeLesson,
    TakeAttendance,
    RecordEntries,
    ListWorkTypes,
    GetCellHistory,
    ListJournals,
    GetJournalPage,
    ListMissing,
    ListClassAbsences,
    ExplainAbsences,
    RequestOpening,
    ListOpeningRequests,
    DecideOpening,
  ],
  providers: [Changes, SheetRows, WorkTypes, PublishedEvents, LiveUpdates, JournalHistory],
})
class JournalModule {}

export const journalMigrations: MigrationSet = {
  service: 'journal',
  migrations: [
    JournalInitialSchema,
    JournalOpeningRequests,
    JournalEntriesVersion,
    parkedFactsCanBeDiscarded('journal'),
    JournalLessonYears,
    JournalListsByYear,
    JournalOwnGrades,
    JournalOutsideTimetable,
    keptForGood('journal', { added: ['changes'], changed: ['marks', 'cells', 'lessons'] }),
    JournalAttendanceTaken,
  ],
};

/** Lessons held, marks, attendance, homework, and the history of each. */
export function journalService(): ServiceDefinition {
  return {
    name: 'journal',
    module: JournalModule,
    entities: [],
    hears: ['contingent', 'curriculum'],
    subscriptions,
    wordOf: journalWordOf,
  };
}
