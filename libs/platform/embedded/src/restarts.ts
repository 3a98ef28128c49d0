import { setTimeout as delay } from 'node:timers/promises';

/** How long to wait before the first, second, … start after an end; the last repeats. */
const BACK_OFF_MS = [250, 1000, 3000, 10_000, 30_000];
/** Whoever has run for so long begins at the first delay again. */
const STEADY_MS = 60_000;

/** Starts again what has ended by itself, sooner or later according to how it goes. */
export class Restarts {
  private readonly name: string;
  private readonly start: () => Promise<unknown>;
  private readonly say: (line: string) => void;
  private readonly stopped = new AbortController();
  private failures = 0;
  private begunAt = 0;

  /**
   * @param start one attempt, which leaves nothing behind when it fails
   * @param say what is to be known of its life
   */
  constructor(name: string, start: () => Promise<unknown>, say: (line: string) => void) {
    this.name = name;
    this.start = start;
    this.say = say;
  }

  /** It starts, for whatever reason. */
  begin(): void {
    this.begunAt = performance.now();
  }

  /** It is to end, and to stay so. */
  stop(): void {
    this.stopped.abort();
  }

  /** It has ended by itself: resolves when it is back, or not wanted any more. */
  async after(reason: string): Promise<void> {
    const { signal } = this.stopped;
    if (performance.now() - this.begunAt > STEADY_MS) this.failures = 0;
    for (;;) {
      if (signal.aborted) return;
      const wait = BACK_OFF_MS[Math.min(this.failures, BACK_OFF_MS.length - 1)]!;
      this.failures += 1;
      this.say(`${this.name} ended (${reason}) and is started again in ${wait / 1000} s`);
      await delay(wait, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.start();
        this.say(`${this.name} is back`);
        return;
      } catch (error) {
        reason = (error as Error).message;
      }
    }
  }
}
