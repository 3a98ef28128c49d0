import { Module } from '@nestjs/common';
import { Bus, FileStore, UPLOADS } from '@parta/platform-messaging';
import { type MigrationSet, parkedFactsCanBeDiscarded } from '@parta/platform-persistence';
import type { ServiceDefinition } from '@parta/platform-rpc';
import { subscriptions } from './integration/subscriptions.js';
import { CurriculumInitialSchema } from './migrations/initial-schema.js';
import { CurriculumOutsideTimetable } from './migrations/outside-timetable.js';
import { CurriculumTimetableKeepers } from './migrations/timetable-keepers.js';
import { GetSchoolYear } from './school-year/get-school-year/get-school-year.js';
import { SchoolYears } from './school-year/school-years.js';
import { SetBellSchedule } from './school-year/set-bells/set-bells.js';
import { SetDaysOff } from './school-year/set-day-off/set-day-off.js';
import { Workbooks } from './spreadsheet/read-workbook.js';
import { GetThematicPlan } from './thematic-plans/get-thematic-plan/get-thematic-plan.js';
import { ImportThematicPlan } from './thematic-plans/import-thematic-plan/import-thematic-plan.js';
import { LessonLayer } from './timetable/lesson-layer.js';
import { SubmitTimetable } from './timetable/submit-timetable/submit-timetable.js';

@Module({
  controllers: [
    GetSchoolYear,
    SetDaysOff,
    SetBellSchedule,
    SubmitTimetable,
    ImportThematicPlan,
    GetThematicPlan,
  ],
  providers: [
    SchoolYears,
    LessonLayer,
    { provide: Workbooks, useFactory: () => new Workbooks() },
    {
      provide: FileStore,
      useFactory: (bus: Bus) => FileStore.open(bus, UPLOADS.bucket, UPLOADS.keepDays),
      inject: [Bus],
    },
  ],
})
class CurriculumModule {}

export const curriculumMigrations: MigrationSet = {
  service: 'curriculum',
  migrations: [
    CurriculumInitialSchema,
    parkedFactsCanBeDiscarded('curriculum'),
    CurriculumTimetableKeepers,
    CurriculumOutsideTimetable,
  ],
};

/** School years, timetable, dated lessons and thematic plans. */
export function curriculumService(): ServiceDefinition {
  return {
    name: 'curriculum',
    module: CurriculumModule,
    entities: [],
    hears: ['contingent'],
    buckets: [UPLOADS.bucket],
    subscriptions,
  };
}
