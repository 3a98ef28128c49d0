import { setTimeout as delay } from 'node:timers/promises';

const TIMEOUT_MS = 180_000;

/**
 * Asks until there is an answer other than null and false.
 * @throws Error naming `what` after three minutes
 */
export async function until<T>(what: string, probe: () => Promise<T | null | false>): Promise<T> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const found = await probe();
    if (found !== null && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await delay(250);
  }
}
