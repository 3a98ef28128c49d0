import type { DomainError } from '@parta/platform-errors';

export interface LineBounds {
  /** pieces of work that are done at the same time */
  atOnce: number;
  /** who finds so many waiting is refused */
  longest: number;
  /** who has waited so long is refused; for ever unless said */
  patienceMs?: number;
  refusal: () => DomainError;
}

interface Waiting {
  enter(): void;
}

/**
 * So much work at once and no more; the rest waits in order. Beyond what can be done before its callers give up, whoever
 * comes is told so: nothing is done in vain, which is how an overloaded service comes to do nothing else.
 */
export class WaitingLine {
  private running = 0;
  private readonly waiting = new Set<Waiting>();

  constructor(private readonly bounds: LineBounds) {}

  /** @throws DomainError the refusal of this line, before the work has begun */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.bounds.atOnce) await this.turn();
    else this.running += 1;
    try {
      return await work();
    } finally {
      // The place is handed over: nobody who comes meanwhile takes it.
      const [next] = this.waiting;
      if (next) next.enter();
      else this.running -= 1;
    }
  }

  private turn(): Promise<void> {
    const { longest, patienceMs, refusal } = this.bounds;
    if (this.waiting.size >= longest) throw refusal();
    return new Promise((resolve, reject) => {
      const timer =
        patienceMs === undefined
          ? undefined
          : setTimeout(() => {
              this.waiting.delete(one);
              reject(refusal());
            }, patienceMs);
      const one: Waiting = {
        enter: () => {
          clearTimeout(timer);
          this.waiting.delete(one);
          resolve();
        },
      };
      this.waiting.add(one);
    });
  }
}
