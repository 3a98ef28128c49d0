import { describe, expect, it } from '@jest/globals';
import { TimeoutError } from '@nats-io/transport-node';
import type { Logger } from '@parta/platform-observability';
import { JobWorker, type JobClaim, type JobQueue } from './job-worker.js';

const silent = { info() {}, warn() {}, error() {} } as unknown as Logger;

/** Has one job, and tells how it was given back. */
class OneJob implements JobQueue<JobClaim> {
  readonly isCounted: Promise<boolean>;
  private tell!: (isCounted: boolean) => void;
  private isTaken = false;

  constructor() {
    this.isCounted = new Promise((resolve) => (this.tell = resolve));
  }

  async claim(token: string): Promise<JobClaim | null> {
    if (this.isTaken) return null;
    this.isTaken = true;
    return { id: '1', token, correlationId: '1' };
  }

  heartbeat = async (): Promise<boolean> => true;

  release = async (_job: JobClaim, _after: number, isCounted: boolean): Promise<void> => this.tell(isCounted);
}

class FailingWorker extends JobWorker<JobClaim> {
  constructor(
    queue: JobQueue<JobClaim>,
    private readonly failure: Error,
  ) {
    super('job', queue, silent);
  }

  protected work = (): Promise<void> => Promise.reject(this.failure);
}

describe('an attempt at a job', () => {
  it.each([
    ['counts when the job fails', new Error('broken'), true],
    ['does not count while NATS is away', new TimeoutError(), false],
    ['does not count while PostgreSQL is away', Object.assign(new Error(), { code: '57P01' }), false],
  ])('%s', async (_rule, failure, isCounted) => {
    const queue = new OneJob();
    const worker = new FailingWorker(queue, failure);
    worker.onApplicationBootstrap();
    expect(await queue.isCounted).toBe(isCounted);
    await worker.onModuleDestroy();
  });
});
