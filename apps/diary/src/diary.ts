import { Module } from '@nestjs/common';
import { type MigrationSet, parkedFactsCanBeDiscarded, policiesAsFilters } from '@parta/platform-persistence';
import type { ServiceDefinition } from '@parta/platform-rpc';
import { ListDays } from './days/list-days/list-days.js';
import { subscriptions } from './integration/subscriptions.js';
import { ListSubjectMarks } from './marks/list-subject-marks/list-subject-marks.js';
import { DiaryInitialSchema } from './migrations/initial-schema.js';
import { DiaryLessonYears } from './migrations/lesson-years.js';
import { DiaryListsByYear } from './migrations/lists-by-year.js';
import { LiveUpdates } from './projection/live-updates.js';

@Module({ controllers: [ListDays, ListSubjectMarks], providers: [LiveUpdates] })
class DiaryModule {}

export const diaryMigrations: MigrationSet = {
  service: 'diary',
  migrations: [
    DiaryInitialSchema,
    policiesAsFilters('diary'),
    parkedFactsCanBeDiscarded('diary'),
    DiaryLessonYears,
    DiaryListsByYear,
  ],
};

/** The family's view of school, built from facts alone. */
export function diaryService(): ServiceDefinition {
  return {
    name: 'diary',
    module: DiaryModule,
    entities: [],
    keepsPlans: true,
    hears: ['contingent', 'curriculum', 'journal'],
    subscriptions,
  };
}
