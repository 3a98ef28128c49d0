import { setTimeout as delay } from 'node:timers/promises';

/** Shorter than whoever asks a process for its health waits. */
const HEALTH_MS = 2000;

/** @throws Error when the work takes longer than a check of health may; a connection that is being made anew answers late */
export async function inTime(work: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  const late = delay(HEALTH_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error('no answer in time');
  });
  await Promise.race([work, late]).finally(() => timer.abort());
}
