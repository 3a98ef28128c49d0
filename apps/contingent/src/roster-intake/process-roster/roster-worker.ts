import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Rest } from '@parta/platform-messaging';
import { correlation, type Logger } from '@parta/platform-observability';
import { isTransient } from '@parta/platform-persistence';
import { LOGGER } from '@parta/platform-rpc';
import { RosterJobs, type ClaimedJob } from '../roster-jobs.js';
import { ProcessRoster } from './process-roster.js';
import { RosterProgress } from './roster-progress.js';

const POLL_MS = 2000;
const HEARTBEAT_MS = 1000;
const RETRY_SECONDS = 5;

/**
 * Takes jobs from the queue, one at a time, as long as the service runs. A claim is kept by a heartbeat, so the job of
 * a process that has died is taken up by another (or by the next start) once its lease is over.
 */
@Injectable()
export class RosterWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private readonly rest = new Rest();

  constructor(
    private readonly jobs: RosterJobs,
    private readonly process: ProcessRoster,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.loop();
  }

  /** Gives the job in hand back to the queue; its transaction is undone. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort(new Error('the service stops'));
    this.rest.close();
    await this.running;
  }

  /** Something was queued: look now instead of at the next poll. */
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
        this.logger.warn({ err: error }, 'roster worker: cannot reach its queue, trying again');
      }
      await this.rest.untilWoken(POLL_MS);
    }
  }

  private async work(job: ClaimedJob): Promise<void> {
    const progress = new RosterProgress(this.stopping.signal);
    const timer = setInterval(() => {
      this.jobs.heartbeat(job, progress.percent).then(
        (isHeld) => isHeld || progress.abort(new Error(`the claim on roster job ${job.id} is lost`)),
        (error: unknown) => this.logger.warn({ err: error }, 'roster worker: no heartbeat'),
      );
    }, HEARTBEAT_MS);
    try {
      await this.process.process(job, progress);
    } catch (error) {
      const isBlameless = progress.signal.aborted || isTransient(error);
      const level = isBlameless ? 'warn' : 'error';
      this.logger[level]({ err: error, job: job.id }, 'roster package: interrupted, goes back to the queue');
      await this.jobs
        .release(job, this.stopping.signal.aborted ? 0 : RETRY_SECONDS, !isBlameless)
        .catch((e: unknown) => this.logger.warn({ err: e, job: job.id }, 'left to its lease'));
    } finally {
      clearInterval(timer);
    }
  }
}
