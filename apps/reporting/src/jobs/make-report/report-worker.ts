import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DomainError } from '@parta/platform-errors';
import { Rest } from '@parta/platform-messaging';
import { correlation, type Logger } from '@parta/platform-observability';
import { isTransient } from '@parta/platform-persistence';
import { Clock, LOGGER } from '@parta/platform-rpc';
import { MAX_ATTEMPTS, ReportJobs, type ClaimedReport } from '../report-jobs.js';
import { MakeReport } from './make-report.js';
import { ReportProgress } from './report-progress.js';

const POLL_MS = 2000;
const HEARTBEAT_MS = 500;
const RETRY_SECONDS = 5;

/**
 * Makes the reports that wait, one at a time, as long as the service runs. A claim is kept by a heartbeat, so the report
 * of a process that has died is taken up by another (or by the next start) once its lease is over.
 */
@Injectable()
export class ReportWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private readonly rest = new Rest();

  constructor(
    private readonly jobs: ReportJobs,
    private readonly maker: MakeReport,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.loop();
  }

  /** Gives the report in hand back to the queue. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort(new Error('the service stops'));
    this.rest.close();
    await this.running;
  }

  /** Something was ordered: look now instead of at the next poll. */
  wake(): void {
    this.rest.wake();
  }

  private async loop(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.rest.beginLook();
      try {
        const job = await this.jobs.claim(randomUUID());
        if (job) {
          await correlation.run({ correlationId: job.correlationId, causationId: null }, () =>
            this.work(job),
          );
          continue;
        }
      } catch (error) {
        this.logger.warn({ err: error }, 'report worker: cannot reach its queue, trying again');
      }
      await this.rest.untilWoken(POLL_MS);
    }
  }

  private async work(job: ClaimedReport): Promise<void> {
    const progress = new ReportProgress(this.stopping.signal);
    const timer = setInterval(() => {
      this.jobs.heartbeat(job, progress.percent).then(
        (isHeld) => isHeld || progress.abort(new Error(`the claim on report ${job.id} is lost`)),
        (error: unknown) => this.logger.warn({ err: error }, 'report worker: no heartbeat'),
      );
    }, HEARTBEAT_MS);
    try {
      if (job.attempts > MAX_ATTEMPTS)
        throw new DomainError('unavailable', 'reporting.report-failed', 'it brought its workers down');
      await this.maker.make(job, progress);
    } catch (error) {
      await this.afterFailure(job, error, progress.signal.aborted).catch((e: unknown) =>
        this.logger.warn({ err: e, job: job.id }, 'report left to its lease'),
      );
    } finally {
      clearInterval(timer);
    }
  }

  private async afterFailure(job: ClaimedReport, error: unknown, isAborted: boolean): Promise<void> {
    if (!isAborted && error instanceof DomainError && !isTransient(error)) {
      this.logger.info({ job: job.id, code: error.code }, 'report cannot be made');
      await this.jobs.fail(job, error.code, this.clock.now());
      return;
    }
    const isBlameless = isAborted || isTransient(error);
    this.logger[isBlameless ? 'warn' : 'error'](
      { err: error, job: job.id },
      'report: interrupted, goes back to the queue',
    );
    await this.jobs.release(job, this.stopping.signal.aborted ? 0 : RETRY_SECONDS, !isBlameless);
  }
}
