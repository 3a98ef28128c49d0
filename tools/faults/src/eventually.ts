import { setTimeout as delay } from 'node:timers/promises';

/**
 * Repeats the probe until it answers null; what it answers otherwise is what is still missing.
 * @returns milliseconds it took
 * @throws Error naming what was missing last
 */
export async function eventually(
  what: string,
  probe: () => Promise<string | null> | string | null,
  timeoutMs = 180_000,
  intervalMs = 100,
): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const missing = await Promise.race([
      (async () => probe())().catch((error: unknown) => String(error)),
      delay(15_000, 'the probe did not answer', { ref: false }),
    ]);
    const elapsed = performance.now() - startedAt;
    if (missing === null) return elapsed;
    if (elapsed > timeoutMs)
      throw new Error(`waited ${Math.round(elapsed / 1000)} s for ${what}: ${missing}`);
    await delay(intervalMs);
  }
}
