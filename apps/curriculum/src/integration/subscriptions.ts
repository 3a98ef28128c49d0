import { academicYearRecorded } from '@parta/contracts-contingent';
import { on, type Reaction } from '@parta/platform-messaging';
import { Database } from '@parta/platform-persistence';
import type { Get } from '@parta/platform-rpc';
import { directory } from '../directory/directory.js';
import { SchoolYears } from '../school-year/school-years.js';
import { LessonLayer } from '../timetable/lesson-layer.js';

/** What curriculum hears of. */
export function subscriptions(get: Get): Reaction[] {
  return [
    ...directory(get(Database), get(LessonLayer)),
    on(academicYearRecorded, (year, envelope) => get(SchoolYears).onAcademicYearRecorded(year, envelope)),
  ];
}
