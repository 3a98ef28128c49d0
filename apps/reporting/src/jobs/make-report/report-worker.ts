import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@parta/platform-errors';
import type { Logger } from '@parta/platform-observability';
import { Clock, JobWorker, LOGGER, type JobProgress } from '@parta/platform-rpc';
import { MAX_ATTEMPTS, ReportJobs, type ClaimedReport } from '../report-jobs.js';
import { MakeReport } from './make-report.js';

/** Makes the reports that wait, one at a time; one that cannot be made fails with the code that says why. */
@Injectable()
export class ReportWorker extends JobWorker<ClaimedReport> {
  constructor(
    private readonly jobs: ReportJobs,
    private readonly maker: MakeReport,
    private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('report', jobs, logger);
  }

  protected async work(job: ClaimedReport, progress: JobProgress): Promise<void> {
    if (job.attempts > MAX_ATTEMPTS)
      throw new DomainError('unavailable', 'reporting.report-failed', 'it brought its workers down');
    await this.maker.make(job, progress);
  }

  protected override refuse(job: ClaimedReport, error: DomainError): Promise<unknown> {
    return this.jobs.fail(job, error.code, this.clock.now());
  }
}
