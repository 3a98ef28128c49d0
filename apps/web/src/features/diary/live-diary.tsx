import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { followDiaries, type DiaryChanged } from '../../api/live';
import type { Schemas } from '../../api/types';
import { useChildren } from './children';
import classes from './live.module.css';
import { freshKey, LiveContext, type Live } from './live-context';
import { appeared, latestOf, marksOf, type News, type Seen } from './news';
import { daysQuery, diaryKeys } from './queries';

/** How long a mark that has just come stands out, and the word about it stays. */
const FRESH_MS = 20_000;
const WORD_MS = 8000;
/** A teacher saves a whole column: what comes together is asked for once. */
const TOGETHER_MS = 60;

type Cached = Schemas['DiaryDaysView'] | Schemas['SubjectMarksView'];

/** What the pages show of this pupil now. */
function shown(queries: QueryClient, studentId: string): { marks: Seen; dates: Set<string> } {
  const marks: Seen = {};
  const dates = new Set<string>();
  for (const [, data] of queries.getQueriesData<Cached>({ queryKey: diaryKeys.of(studentId) })) {
    if (!data) continue;
    if ('days' in data) for (const { date } of data.days) dates.add(date);
    const list =
      'days' in data
        ? marksOf(data.days).map(({ mark }) => mark)
        : data.subjects.flatMap((subject) => subject.marks);
    for (const { markId, recordedAt } of list) marks[markId] = recordedAt;
  }
  return { marks, dates };
}

/** A day as a page that shows it has just got it anew; undefined where none shows it. */
function askedAnew(queries: QueryClient, studentId: string, date: string, since: number) {
  return queries
    .getQueryCache()
    .findAll({ queryKey: diaryKeys.of(studentId), type: 'active' })
    .filter(({ state }) => state.dataUpdatedAt >= since)
    .flatMap(({ state }) => {
      const data = state.data as Cached | undefined;
      return data && 'days' in data ? data.days : [];
    })
    .find((day) => day.date === date);
}

/** Asks for what changed, and finds the marks that were not there before. */
async function takeIn(queries: QueryClient, changes: DiaryChanged[]): Promise<News[]> {
  const { studentId } = changes[0]!;
  const before = shown(queries, studentId);
  const dates = new Set(changes.flatMap(({ kind, date }) => (kind === 'mark' && date ? [date] : [])));
  const since = Date.now();
  await queries.invalidateQueries({ queryKey: diaryKeys.of(studentId) });
  const days = await Promise.all(
    [...dates].map(async (date) => {
      const shownDay = askedAnew(queries, studentId, date, since);
      if (shownDay) return appeared(before.marks, [shownDay]);
      const view = await queries.fetchQuery({ ...daysQuery(studentId, date, date), staleTime: 0 });
      return before.dates.has(date) ? appeared(before.marks, view.days) : latestOf(view.days);
    }),
  );
  return days.flat();
}

/** Keeps every page of the family up to date, and says aloud what is new. */
export function LiveDiary({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const wording = useWording();
  const latestWording = useRef(wording);
  const [isInterrupted, setInterrupted] = useState(false);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const [word, setWord] = useState('');

  useEffect(() => {
    latestWording.current = wording;
  });

  useEffect(() => {
    const pending = new Map<string, DiaryChanged[]>();
    const timers = new Set<ReturnType<typeof setTimeout>>();
    let isOver = false;
    const later = (ms: number, work: () => void) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, ms);
      timers.add(timer);
    };

    const tell = (studentId: string, news: News[]) => {
      if (isOver || news.length === 0) return;
      const keys = news.map(({ mark }) => freshKey(mark));
      setFresh((now) => new Set([...now, ...keys]));
      later(FRESH_MS, () => setFresh((now) => new Set([...now].filter((key) => !keys.includes(key)))));
      const text = latestWording.current(studentId, news);
      setWord(text);
      later(WORD_MS, () => setWord((now) => (now === text ? '' : now)));
    };

    const stop = followDiaries({
      onOpen(isAgain) {
        setInterrupted(false);
        // At the first opening the pages have only just asked; later something may have been missed.
        void queries.invalidateQueries({
          queryKey: diaryKeys.all,
          refetchType: isAgain ? 'active' : 'none',
        });
      },
      onInterrupted: () => setInterrupted(true),
      onChanged(change) {
        const { studentId } = change;
        const together = pending.get(studentId);
        if (together) {
          together.push(change);
          return;
        }
        pending.set(studentId, [change]);
        later(TOGETHER_MS, () => {
          const changes = pending.get(studentId)!;
          pending.delete(studentId);
          // The pages show by themselves that they could not be refreshed.
          takeIn(queries, changes).then(
            (news) => tell(studentId, news),
            () => undefined,
          );
        });
      },
    });
    return () => {
      isOver = true;
      stop();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [queries]);

  const live = useMemo<Live>(() => ({ isInterrupted, fresh }), [isInterrupted, fresh]);
  return (
    <LiveContext value={live}>
      {children}
      <div role="status" aria-live="polite" className={classes.word}>
        {word && <span>{word}</span>}
      </div>
    </LiveContext>
  );
}

function useWording(): (studentId: string, news: News[]) => string {
  const { t } = useTranslation('diary');
  const children = useChildren();
  return (studentId, news) => {
    const subjects = [...new Set(news.map(({ lesson }) => lesson.subjectTitle))].join(', ');
    const name = children.length > 1 && children.find((child) => child.studentId === studentId)?.givenName;
    const what = news.every(({ mark }) => mark.previousValue)
      ? 'corrected'
      : news.length > 1
        ? 'marks'
        : 'mark';
    return name ? t(`live.${what}Of`, { name, subjects }) : t(`live.${what}`, { subjects });
  };
}
