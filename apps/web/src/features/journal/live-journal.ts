import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { api } from '../../api/client';
import { followJournal, type JournalChanged } from '../../api/live';
import { bodyOf } from '../../api/transport';
import type { Schemas } from '../../api/types';
import type { EntryQueue } from './entries/entry-queue';
import { useEntries } from './entries/use-entries';
import { withDay } from './day-of-page';
import { journalKeys } from './queries';

type JournalPage = Schemas['JournalPageView'];

/** A teacher saves cell by cell: what comes together is asked for once. */
const TOGETHER_MS = 300;

/** Follows the changes of a group, or of the whole school; `onChanged` gets those of one moment together. */
export function useJournalChanges(of: string | null, onChanged: (changes: JournalChanged[] | null) => void) {
  useEffect(() => {
    if (of === null) return;
    let together: JournalChanged[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = followJournal(of, {
      // Something may have been missed in between.
      onOpen: (isAgain) => isAgain && onChanged(null),
      onInterrupted: () => undefined,
      onChanged(change) {
        together.push(change);
        timer ??= setTimeout(() => {
          timer = undefined;
          const changes = together;
          together = [];
          onChanged(changes);
        }, TOGETHER_MS);
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [of, onChanged]);
}

/** Keeps the open journal of a group up to date: what somebody else enters appears without a reload. */
export function useLiveJournal(groupId: string | undefined) {
  const queries = useQueryClient();
  const { queue } = useEntries();
  const takeIn = useCallback(
    (changes: JournalChanged[] | null) => {
      if (!groupId) return;
      void queries.invalidateQueries({ queryKey: journalKeys.lessons });
      const dates = changes && [...new Set(changes.map(({ date }) => date))];
      if (!dates || dates.length > 3 || dates.includes(null)) {
        void queries.invalidateQueries({ queryKey: journalKeys.pages(groupId) });
        return;
      }
      for (const date of dates) void takeInDay(queries, queue, groupId, date!);
    },
    [groupId, queries, queue],
  );
  useJournalChanges(groupId ?? null, takeIn);
}

/** A day is read rather than the whole period: a busy teacher would else have it read at every mark. */
async function takeInDay(queries: QueryClient, queue: EntryQueue, groupId: string, date: string) {
  const queryKey = journalKeys.pages(groupId);
  if (queries.getQueriesData({ queryKey }).length === 0) return;
  try {
    const day = await bodyOf(
      api.GET('/api/v1/journal/journals/{groupId}/page', {
        params: { path: { groupId }, query: { from: date, to: date } },
      }),
    );
    queue.seed(day.cells);
    queries.setQueriesData<JournalPage>({ queryKey }, (page) => page && withDay(page, day, date));
  } catch {
    // The whole page says what is wrong, if anything still is.
    await queries.invalidateQueries({ queryKey });
  }
}
