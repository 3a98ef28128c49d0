import { useLayoutEffect, useSyncExternalStore } from 'react';
import { api } from '../../../api/client';
import { randomId } from '../../../api/random-id';
import { bodyOf } from '../../../api/transport';
import { onSessionChange, sessionState } from '../../../session/session';
import { useWorking } from '../../../session/workspace';
import { EntryQueue } from './entry-queue';
import { Sitting } from './sitting';
import { keep, keyOf, takeOver } from './stored-queues';
import type { QueueStatus } from './types';

export interface Entries {
  accountId: string;
  queue: EntryQueue;
  sitting: Sitting;
}

let open: Entries | null = null;

/** One queue for the whole visit: entries go on being sent while the person is on another page. */
function entriesOf(accountId: string): Entries {
  if (open?.accountId === accountId) return open;
  open?.queue.stop();
  const key = keyOf(accountId);
  let isReady = false;
  const queue = new EntryQueue({
    send: (lessonId, entries, idempotencyKey) =>
      bodyOf(
        api.POST('/api/v1/journal/lessons/{lessonId}/entries', {
          params: { path: { lessonId }, header: { 'Idempotency-Key': idempotencyKey } },
          body: { entries },
        }),
      ),
    read: async (lessonId) =>
      (
        await bodyOf(api.GET('/api/v1/journal/lessons/{lessonId}', { params: { path: { lessonId } } }))
      ).list.map(({ cell }) => cell),
    newId: randomId,
    later: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    // Nothing is kept before what an earlier page has kept was read.
    keep: (stored) => isReady && keep(key, stored),
  });
  const mine: Entries = { accountId, queue, sitting: new Sitting(queue) };
  open = mine;
  const onOnline = () => queue.retryNow();
  window.addEventListener('online', onOnline);
  const forget = onSessionChange(() => {
    if (sessionState().status !== 'signed-out') return;
    queue.stop();
    window.removeEventListener('online', onOnline);
    forget();
    if (open === mine) open = null;
  });
  void takeOver(accountId, key, (stored) => queue.resume(stored)).finally(() => {
    isReady = true;
    // What was typed meanwhile is kept as well.
    queue.seed([]);
  });
  return mine;
}

export function useEntries(): Entries {
  return entriesOf(useWorking().me.accountId);
}

export function useQueueStatus(): QueueStatus {
  const { queue } = useEntries();
  return useSyncExternalStore(queue.subscribe, queue.status);
}

/**
 * Brings what a page has loaded into the queue.
 * @param of what the cells are of
 * @returns whether any of that were brought in: cells drawn before that would be drawn twice
 */
export function useSeed(cells: Parameters<EntryQueue['seed']>[0] | undefined, of: string): boolean {
  const { queue } = useEntries();
  useLayoutEffect(() => {
    if (cells) queue.seed(cells, of);
  }, [cells, of, queue]);
  return useSyncExternalStore(queue.subscribe, () => queue.hasSeed(of));
}

/** Something is not saved, and waiting alone will not do. */
export const isTroubled = ({ failure, refused, conflicts }: QueueStatus): boolean =>
  failure !== null || refused.length > 0 || conflicts.length > 0;
