import { REPORT_FILES } from '@parta/contracts-reporting';
import { Module } from '@nestjs/common';
import { type MigrationSet, parkedFactsCanBeDiscarded } from '@parta/platform-persistence';
import type { ServiceDefinition } from '@parta/platform-rpc';
import { GetReportChoices } from './choices/get-report-choices/get-report-choices.js';
import { subscriptions } from './integration/subscriptions.js';
import { CancelReport } from './jobs/cancel-report/cancel-report.js';
import { DeleteReport } from './jobs/delete-report/delete-report.js';
import { DownloadReport } from './jobs/download-report/download-report.js';
import { GetReport } from './jobs/get-report/get-report.js';
import { ListReportsUseCase } from './jobs/list-reports/list-reports.js';
import { MakeReport } from './jobs/make-report/make-report.js';
import { ReportWorker } from './jobs/make-report/report-worker.js';
import { OrderReportUseCase } from './jobs/order-report/order-report.js';
import { ReportFiles } from './jobs/report-files.js';
import { ReportJobs } from './jobs/report-jobs.js';
import { ReportingDescriptionsOfGroup } from './migrations/descriptions-of-group.js';
import { ReportingInitialSchema } from './migrations/initial-schema.js';
import { ReportingNoIndexOfEnrolments } from './migrations/no-index-of-enrolments.js';

@Module({
  controllers: [
    GetReportChoices,
    OrderReportUseCase,
    ListReportsUseCase,
    GetReport,
    DownloadReport,
    CancelReport,
    DeleteReport,
  ],
  providers: [ReportJobs, ReportFiles, MakeReport, ReportWorker],
})
class ReportingModule {}

export const reportingMigrations: MigrationSet = {
  service: 'reporting',
  migrations: [
    ReportingInitialSchema,
    ReportingNoIndexOfEnrolments,
    parkedFactsCanBeDiscarded('reporting'),
    ReportingDescriptionsOfGroup,
  ],
};

/** Journals and progress reports as spreadsheets, made in the background from the service's own copy of the school. */
export function reportingService(): ServiceDefinition {
  return {
    name: 'reporting',
    module: ReportingModule,
    entities: [],
    hears: ['contingent', 'curriculum', 'journal'],
    buckets: [REPORT_FILES.bucket],
    subscriptions,
    gatherMs: 500,
  };
}
