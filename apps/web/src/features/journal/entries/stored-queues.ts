import { randomId } from '../../../api/random-id';
import { keysIn, UNSENT } from '../../../session/storage';
import type { StoredQueue } from './types';

/** Without locks a queue that has not been touched for this long has lost its tab. */
const ORPHAN_MS = 2 * 60_000;

interface Kept {
  at: number;
  queue: StoredQueue;
}

/** The tab keeps its name over a reload, and so finds its own queue again. */
function tabName(): string {
  try {
    const known = sessionStorage.getItem('parta.tab');
    if (known) return known;
    const made = randomId();
    sessionStorage.setItem('parta.tab', made);
    return made;
  } catch {
    return 'only';
  }
}

export const keyOf = (accountId: string): string => `${UNSENT}${accountId}.${tabName()}`;

export function keep(key: string, queue: StoredQueue | null): void {
  try {
    if (queue) localStorage.setItem(key, JSON.stringify({ at: Date.now(), queue } satisfies Kept));
    else localStorage.removeItem(key);
  } catch {
    // Without storage the page itself is the only keeper; leaving it is stopped while anything is unsaved.
  }
}

function read(key: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

function takeFrom(key: string): StoredQueue | null {
  const kept = read(key);
  localStorage.removeItem(key);
  return kept?.queue ?? null;
}

/**
 * What earlier pages of the account left unsent: this tab’s own, and those of tabs that are gone. A living tab holds
 * the lock of its queue, so that nothing is sent twice under different keys.
 */
export async function takeOver(
  accountId: string,
  own: string,
  take: (queue: StoredQueue) => void,
): Promise<void> {
  const takeOwn = () => {
    const queue = takeFrom(own);
    if (queue) take(queue);
  };
  const prefix = `${UNSENT}${accountId}.`;
  const others = keysIn(prefix).filter((key) => key !== own);
  if (!navigator.locks) {
    takeOwn();
    for (const key of others) {
      if (Date.now() - (read(key)?.at ?? 0) > ORPHAN_MS) {
        const queue = takeFrom(key);
        if (queue) take(queue);
      }
    }
    return;
  }
  await new Promise<void>((resolve) => {
    void navigator.locks.request(own, { ifAvailable: true }, (lock) => {
      // Not available: this tab was duplicated, and the other one is still sending.
      if (lock) takeOwn();
      resolve();
      return lock ? new Promise(() => undefined) : undefined;
    });
  });
  for (const key of others) {
    await navigator.locks.request(key, { ifAvailable: true }, (lock) => {
      if (!lock) return;
      const queue = takeFrom(key);
      if (queue) take(queue);
    });
  }
}
