import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '@parta/platform-observability';
import { JobWorker, LOGGER, type JobProgress } from '@parta/platform-rpc';
import { RosterJobs, type ClaimedJob } from '../roster-jobs.js';
import { ProcessRoster } from './process-roster.js';

/** Processes the packages that wait, one at a time; the transaction of one that is interrupted is undone. */
@Injectable()
export class RosterWorker extends JobWorker<ClaimedJob> {
  constructor(
    jobs: RosterJobs,
    private readonly process: ProcessRoster,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('roster package', jobs, logger);
  }

  protected work(job: ClaimedJob, progress: JobProgress): Promise<void> {
    return this.process.process(job, progress);
  }
}
