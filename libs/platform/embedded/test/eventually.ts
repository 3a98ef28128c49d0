import { setTimeout as delay } from 'node:timers/promises';

/** Not the one of platform-testing, which depends on this library: some seconds of probing, then what the last probe threw. */
export async function eventually(probe: () => void | Promise<void>, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await probe();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await delay(25);
  }
}
