import { useWorking } from '../../session/workspace';
import { deviceStore } from './store';

/** A year of homework is about 1200 lessons; the oldest ticks may go. */
const KEPT = 1500;
const NONE: string[] = [];
const store = deviceStore<string[]>('diary.done', NONE);

/** The family's own tick «done»: it stays on this device and is nobody else's business. */
export function useDone(studentId: string, lessonId: string) {
  const { me } = useWorking();
  const key = `${me.accountId}.${studentId}`;
  const isDone = store.use(key).includes(lessonId);
  return {
    isDone,
    toggle: () => {
      const others = store.get(key).filter((id) => id !== lessonId);
      store.set(key, isDone ? others : [...others, lessonId].slice(-KEPT));
    },
  };
}

export function useDoneCount(studentId: string, lessonIds: readonly string[]): number {
  const { me } = useWorking();
  const done = store.use(`${me.accountId}.${studentId}`);
  return lessonIds.filter((id) => done.includes(id)).length;
}
