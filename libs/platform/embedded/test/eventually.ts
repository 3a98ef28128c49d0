import { setTimeout as delay } from 'node:timers/promises';

/** Not the one of platform-testing, which depends on this library: ten seconds of probing, then what the last probe threw. */
export async function eventually(probe: () => void): Promise<void> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    try {
      return probe();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await delay(25);
  }
}
