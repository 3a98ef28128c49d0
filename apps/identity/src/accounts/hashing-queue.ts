import { DomainError } from '@parta/platform-errors';

/**
 * So many hashes at once and no more: each takes a core and tens of megabytes. The rest waits in a line that is no longer
 * than what is done before its callers give up; who comes when it is full is told so at once, and nothing is hashed in vain.
 */
export class HashingQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly longest: number,
  ) {}

  /** @throws DomainError `identity.busy` with `details.retryAfter` in seconds */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.atOnce) {
      if (this.waiting.length >= this.longest) throw busy();
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      // The place is handed over: nobody who comes meanwhile takes it.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

const RETRY_AFTER_SECONDS = 3;

const busy = (): DomainError =>
  new DomainError('unavailable', 'identity.busy', 'too many people sign in at this moment', {
    details: { retryAfter: RETRY_AFTER_SECONDS },
  });
