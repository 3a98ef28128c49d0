import { useEffect, useState } from 'react';
import { useWorking } from '../../session/workspace';
import { isNew, newsOf, seenOf, type News, type Seen } from './news';
import { deviceStore } from './store';
import type { Day, Mark } from './types';

const stored = deviceStore<Seen | null>('diary.seen', null);
/** What the last visit had seen. It stays the same while this visit lasts, or news would be gone at the second look. */
const atStart = new Map<string, Seen | null>();
/** Coming back to a page that was left open all day is another visit. */
const VISIT_MS = 30 * 60_000;

const openedAt = Date.now();
let hiddenAt = 0;
if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now();
    else if (Date.now() - hiddenAt > VISIT_MS) atStart.clear();
  });
}

export function useNews(studentId: string, days: Day[] | undefined): { news: News[]; read(): void } {
  const { me } = useWorking();
  const key = `${me.accountId}.${studentId}`;
  const [, setReads] = useState(0);
  if (!atStart.has(key)) atStart.set(key, stored.get(key));
  useEffect(() => {
    if (days) stored.set(key, seenOf(days));
  }, [key, days]);
  return {
    news: days ? newsOf(days, atStart.get(key) ?? null, openedAt) : [],
    read: () => {
      if (days) atStart.set(key, seenOf(days));
      setReads((reads) => reads + 1);
    },
  };
}

/** For pages that show other weeks: what they show was not looked for, so nothing of it is taken for read. */
export function useIsNew(studentId: string): (mark: Mark) => boolean {
  const { me, workspace } = useWorking();
  const key = `${me.accountId}.${studentId}`;
  if (!atStart.has(key)) atStart.set(key, stored.get(key));
  const seen = atStart.get(key) ?? null;
  return (mark) => workspace.kind === 'family' && isNew(mark, seen, openedAt);
}
