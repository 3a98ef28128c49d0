import { randomUUID } from 'node:crypto';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { DomainError } from '@parta/platform-errors';
import { isNatsAway, Rest } from '@parta/platform-messaging';
import { correlation, type Logger } from '@parta/platform-observability';
import { isTransient } from '@parta/platform-persistence';
import { JobProgress } from './job-progress.js';

/**
 * How long a claim holds without a sign of life, in seconds; a queue's SQL says it to the database's clock. Twenty signs of
 * life may be missed; what a killed process had in hand waits so long.
 */
export const LEASE_SECONDS = 10;
const POLL_MS = 2000;
const HEARTBEAT_MS = 500;
const RETRY_SECONDS = 5;

/** A job in a worker's hands. The token is the claim: who has lost it can change nothing more. */
export interface JobClaim {
  id: string;
  token: string;
  /** of the request that has put the job into the queue; its work goes on under it */
  correlationId: string;
}

/** A service's table of jobs. Each call is a unit of work of its own, and changes nothing for a token that is not the claim. */
export interface JobQueue<J extends JobClaim> {
  /** Takes the next job: one that waits, or one whose lease is over; null when there is nothing to do now. */
  claim(token: string): Promise<J | null>;
  /** A sign of life: renews the lease, shows the progress (percent); false when the claim is lost. */
  heartbeat(job: J, percent: number): Promise<boolean>;
  /**
   * Gives a job back.
   * @param after seconds until the next attempt
   * @param isCounted false when the attempt is not the job's fault and not to be counted
   */
  release(job: J, after: number, isCounted: boolean): Promise<void>;
}

/**
 * Takes jobs from a service's queue, one at a time, as long as the service runs. What it promises:
 * - A claim is kept by a heartbeat. The job of a process that has died is taken up by another (or by the next start) once
 *   its lease is over; a worker that has lost its claim is told at its next point of progress.
 * - A service that stops waits for no job: the one in hand goes back to the queue at once, uncounted.
 * - A job that meets a trouble of its surroundings goes back uncounted, one that fails goes back counted: the queue's
 *   service decides how many attempts are enough.
 * - The worker outlives whatever a job or its queue throws.
 *
 * A subclass is the provider of its service; what it leaves half done it must be able to begin anew.
 */
export abstract class JobWorker<J extends JobClaim> implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly rest = new Rest();
  private running: Promise<void> = Promise.resolve();

  /** @param noun what a job is, for the log */
  constructor(
    private readonly noun: string,
    private readonly queue: JobQueue<J>,
    private readonly logger: Logger,
  ) {}

  /** Does the job and records its end. */
  protected abstract work(job: J, progress: JobProgress): Promise<void>;

  /**
   * Records that the job cannot be done, however often it is tried: `work` has refused it with this error. Without it
   * such a job is like any that fails.
   */
  protected refuse?(job: J, error: DomainError): Promise<unknown>;

  onApplicationBootstrap(): void {
    this.running = this.loop();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort(new Error('the service stops'));
    this.rest.close();
    await this.running;
  }

  /** Something was put into the queue: look now instead of at the next poll. */
  wake(): void {
    this.rest.wake();
  }

  private async loop(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.rest.beginLook();
      try {
        const job = await this.queue.claim(randomUUID());
        if (job) {
          await correlation.run({ correlationId: job.correlationId, causationId: null }, () =>
            this.take(job),
          );
          continue;
        }
      } catch (error) {
        this.logger.warn({ err: error }, `${this.noun}: cannot reach its queue, trying again`);
      }
      await this.rest.untilWoken(POLL_MS);
    }
  }

  private async take(job: J): Promise<void> {
    const progress = new JobProgress(this.stopping.signal);
    const stopBeating = this.keep(job, progress);
    try {
      await this.work(job, progress);
    } catch (error) {
      await this.afterFailure(job, error, progress.signal.aborted).catch((e: unknown) =>
        this.logger.warn({ err: e, job: job.id }, `${this.noun}: left to its lease`),
      );
    } finally {
      stopBeating();
    }
  }

  /** Keeps the claim until the answered function is called. */
  private keep(job: J, progress: JobProgress): () => void {
    let isBeating = false;
    const beat = async (): Promise<void> => {
      // One that waits for a busy database must not be joined by the next ones: they would take its connections.
      if (isBeating) return;
      isBeating = true;
      try {
        const isHeld = await this.queue.heartbeat(job, progress.percent);
        if (!isHeld) progress.abort(new Error(`the claim on ${this.noun} ${job.id} is lost`));
      } catch (error) {
        this.logger.warn({ err: error, job: job.id }, `${this.noun}: no heartbeat`);
      }
      isBeating = false;
    };
    const timer = setInterval(() => void beat(), HEARTBEAT_MS);
    return () => clearInterval(timer);
  }

  private async afterFailure(job: J, error: unknown, isAborted: boolean): Promise<void> {
    const isBlameless = isAborted || isTransient(error) || isNatsAway(error);
    if (!isBlameless && this.refuse && error instanceof DomainError) {
      this.logger.info({ job: job.id, code: error.code }, `${this.noun}: cannot be done`);
      await this.refuse(job, error);
      return;
    }
    this.logger[isBlameless ? 'warn' : 'error'](
      { err: error, job: job.id },
      `${this.noun}: interrupted, goes back to the queue`,
    );
    await this.queue.release(job, this.stopping.signal.aborted ? 0 : RETRY_SECONDS, !isBlameless);
  }
}
