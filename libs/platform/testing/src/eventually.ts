import { setTimeout as delay } from 'node:timers/promises';

export interface EventuallyOptions {
  /** For how long the probe is repeated, in milliseconds; 10 000 unless given. */
  timeoutMs?: number;
  /** The pause between two probes, in milliseconds; 50 unless given. */
  intervalMs?: number;
  /** What is waited for, as the error is to name it: "the mark to reach the diary". */
  describe?: string;
}

const unfinished = Symbol('the probe has not returned');

/**
 * Repeats the probe until it does not throw, and resolves to what it returned; assertions belong inside it. At least one
 * probe is made, and one that hangs does not outlast the deadline.
 * @throws Error that tells the elapsed time, the number of probes and what the last one complained of, which is its `cause`
 */
export async function eventually<T>(
  probe: () => Promise<T> | T,
  options: EventuallyOptions = {},
): Promise<T> {
  const { timeoutMs = 10_000, intervalMs = 50, describe = 'the expected' } = options;
  const start = performance.now();
  const timer = new AbortController();
  const deadline = delay(timeoutMs, unfinished, { signal: timer.signal }).catch(() => unfinished);
  let probes = 0;
  let last: unknown;
  try {
    for (;;) {
      probes += 1;
      try {
        const attempt = (async () => probe())();
        // A probe left hanging may still fail later; nobody will be waiting for it.
        attempt.catch(() => undefined);
        const sample = await Promise.race([attempt, deadline]);
        if (sample !== unfinished) return sample as T;
        last ??= new Error('the probe did not return');
      } catch (error) {
        last = error;
      }
      const elapsed = performance.now() - start;
      if (elapsed + intervalMs >= timeoutMs) {
        const complaint = last instanceof Error ? last.message : String(last);
        throw new Error(
          `Waited ${Math.round(elapsed)} ms (${probes} probes) for ${describe}, in vain. The last probe said: ${complaint}`,
          { cause: last },
        );
      }
      await delay(intervalMs);
    }
  } finally {
    timer.abort();
  }
}
