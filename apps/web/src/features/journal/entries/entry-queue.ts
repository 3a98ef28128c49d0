import { acknowledge, freeze, refuse } from './batch';
import { CellBook } from './cell-book';
import { failureOf, mayHeal, retryDelay } from './failure';
import { addWish, emptyLane, projected, statusOf, storedLanes, unsavedIn, type Lane } from './lane';
import { inPlaceOf, inverseOf } from './shown-cell';
import {
  cellKey,
  type CellRef,
  type CellView,
  type EntryQueueDeps,
  type QueueStatus,
  type ShownCell,
  type Step,
  type StoredQueue,
} from './types';

export const BATCH_MS = 250;

/**
 * Marks and absences on their way to the server: batched for each lesson, one command of a lesson at a time, repeated
 * under the same key until there is an answer. What is not acknowledged stays on the screen and says so.
 */
export class EntryQueue {
  private readonly book = new CellBook();
  private readonly lanes = new Map<string, Lane>();
  private readonly listeners = new Set<() => void>();
  private readonly shown = new Map<string, ShownCell>();
  private readonly rowVersions = new Map<string, number>();
  private readonly seeds = new Set<string>();
  private changes = 0;
  private savedAt: string | null = null;
  private isStopped = false;
  private current: QueueStatus = statusOf([], null);

  constructor(private readonly deps: EntryQueueDeps) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly status = (): QueueStatus => this.current;
  /** Grows with every change to any cell of the pupil. */
  readonly rowVersion = (studentId: string): number => this.rowVersions.get(studentId) ?? 0;

  /** Cells as the server has them. An older one than is known is a late answer, and ignored. */
  seed(cells: readonly CellView[], of?: string): void {
    if (of !== undefined) this.seeds.add(of);
    for (const cell of cells) if (this.book.take(cell)) this.touch(cell);
    this.changed();
  }

  /** Whether cells of that have been brought in. */
  readonly hasSeed = (of: string): boolean => this.seeds.has(of);

  readonly cell = (at: CellRef): ShownCell => {
    const key = cellKey(at);
    let cell = this.shown.get(key);
    if (!cell) this.shown.set(key, (cell = projected(this.lanes.get(at.lessonId), at, this.book)));
    return cell;
  };

  /** Grows with every change to anything. */
  readonly revision = (): number => this.changes;
  /** 0 for a cell that has never held anything */
  readonly version = (at: CellRef): number => this.book.get(at)?.version ?? 0;

  /** What the server has in the cell, without anything of one’s own. */
  saved(at: CellRef): ShownCell {
    return this.book.shown(at);
  }

  /** Does what the person wants. @returns the steps that take it back, in the order to be done */
  apply(steps: readonly Step[]): Step[] {
    const back: Step[] = [];
    for (const step of steps) {
      const inverse = inverseOf(this.cell(step), step);
      if (!inverse) continue;
      back.splice(placeOf(inverse, back), 0, inverse);
      const lane = this.lane(step.lessonId);
      addWish(lane, { ...step, id: this.deps.newId() });
      this.dropWhatChangesNothing(lane, step);
      this.touch(step);
      this.schedule(lane, BATCH_MS);
    }
    this.changed();
    return back;
  }

  /** Takes up what an earlier page left unsent. */
  resume(stored: StoredQueue): void {
    for (const [ref, markId] of stored.names) this.book.name(ref, markId);
    for (const { lessonId, ...rest } of stored.lanes) {
      const lane = this.lane(lessonId);
      // Two tabs that are gone may both have left one: only one can be the next, the other is made anew.
      if (lane.batch) lane.waiting.push(...(rest.batch?.entries ?? []));
      else lane.batch = rest.batch;
      lane.isBlind = true;
      lane.waiting.push(...rest.waiting);
      lane.refused.push(...rest.refused);
      lane.conflicts.push(...rest.conflicts);
      for (const entry of unsavedIn(lane)) this.touch(entry);
      this.schedule(lane, 0);
    }
    this.changed();
  }

  /** Nothing is sent any more; what is unsaved stays kept. */
  stop(): void {
    this.isStopped = true;
    for (const lane of this.lanes.values()) lane.cancel?.();
  }

  /** Tries at once whatever waits for a better moment. */
  retryNow(): void {
    for (const lane of this.lanes.values()) this.schedule(lane, 0);
  }

  /** Sends refused entries once more. */
  retryRefused(): void {
    for (const lane of this.lanes.values()) {
      lane.waiting.push(...lane.refused.splice(0).map(({ code: _, ...entry }) => entry));
      for (const entry of lane.waiting) this.touch(entry);
      this.schedule(lane, 0);
    }
    this.changed();
  }

  /** Gives a refused entry up. */
  discard(entryId: string): void {
    for (const lane of this.lanes.values()) {
      for (const entry of lane.refused) this.touch(entry);
      lane.refused = lane.refused.filter(({ id }) => id !== entryId);
    }
    this.changed();
  }

  /** The person’s answer to a collision: the own entry in place of what is there now, what is there now, or both marks. */
  settle(at: CellRef, choice: 'mine' | 'theirs' | 'both'): void {
    const lane = this.lane(at.lessonId);
    const mine = lane.conflicts.filter(({ studentId }) => studentId === at.studentId);
    lane.conflicts = lane.conflicts.filter(({ studentId }) => studentId !== at.studentId);
    if (choice === 'both') lane.waiting.push(...mine);
    if (choice === 'mine') lane.waiting.push(...inPlaceOf(this.saved(at), mine, this.deps.newId));
    this.touch(at);
    this.schedule(lane, 0);
    this.changed();
  }

  private lane(lessonId: string): Lane {
    let lane = this.lanes.get(lessonId);
    if (!lane) this.lanes.set(lessonId, (lane = emptyLane(lessonId)));
    return lane;
  }

  /** Present, absent, present again before anything went out: nothing to send. */
  private dropWhatChangesNothing(lane: Lane, { wish, studentId, lessonId }: Step): void {
    if (wish.kind !== 'attendance') return;
    if (lane.batch?.entries.some((entry) => entry.studentId === studentId)) return;
    const server = this.saved({ lessonId, studentId });
    if (server.attendance !== wish.code || server.minutesLate !== (wish.minutesLate ?? null)) return;
    lane.waiting = lane.waiting.filter(
      (entry) => entry.studentId !== studentId || entry.wish.kind !== 'attendance',
    );
  }

  /** @param ms 0 overtakes a sending that was put off */
  private schedule(lane: Lane, ms: number): void {
    if (this.isStopped || lane.isSending || (ms > 0 && lane.cancel)) return;
    if (!lane.batch && lane.waiting.length === 0) return;
    lane.cancel?.();
    lane.cancel = this.deps.later(ms, () => {
      lane.cancel = null;
      void this.send(lane);
    });
  }

  private async send(lane: Lane): Promise<void> {
    if (lane.isSending || this.isStopped) return;
    lane.isSending = true;
    if (!lane.batch && lane.isBlind && !(await this.look(lane))) return;
    const asked = [...lane.waiting];
    const batch = (lane.batch ??= freeze(lane, this.book, this.deps.newId()));
    for (const entry of asked) this.touch(entry);
    if (!batch) {
      lane.isSending = false;
      return this.changed();
    }
    batch.attempts += 1;
    // Kept before it goes out: a reload in between repeats it under the same key.
    this.changed();
    let next = 0;
    try {
      const answer = await this.deps.send(lane.lessonId, batch.body, batch.key);
      acknowledge(batch, answer, this.book);
      this.savedAt = answer.savedAt;
      lane.batch = null;
      lane.failure = null;
    } catch (error) {
      const failure = failureOf(error);
      if (mayHeal(failure)) {
        lane.failure = failure.code;
        next = retryDelay(failure, batch.attempts);
      } else {
        lane.batch = null;
        lane.failure = null;
        refuse(lane, batch, failure, this.book);
      }
    }
    this.rest(lane, batch.entries, next);
  }

  /** Reads the cells of a lesson whose entries an earlier page has left. @returns whether that went well */
  private async look(lane: Lane): Promise<boolean> {
    try {
      for (const cell of await this.deps.read(lane.lessonId)) if (this.book.take(cell)) this.touch(cell);
      lane.isBlind = false;
      return true;
    } catch (error) {
      const failure = failureOf(error);
      if (mayHeal(failure)) lane.failure = failure.code;
      else lane.refused.push(...lane.waiting.splice(0).map((entry) => ({ ...entry, code: failure.code })));
      this.rest(lane, lane.refused, retryDelay(failure, 4));
      return false;
    }
  }

  /** After an attempt: what is left goes out after that time. */
  private rest(lane: Lane, done: readonly CellRef[], ms: number): void {
    lane.isSending = false;
    for (const entry of [...done, ...lane.waiting]) this.touch(entry);
    this.schedule(lane, ms);
    this.changed();
  }

  private touch(at: CellRef): void {
    this.shown.delete(cellKey(at));
    this.rowVersions.set(at.studentId, this.rowVersion(at.studentId) + 1);
  }

  private changed(): void {
    if (this.isStopped) return;
    const lanes = [...this.lanes.values()];
    this.current = statusOf(lanes, this.savedAt);
    this.deps.keep(
      this.current.unsaved === 0 ? null : { lanes: storedLanes(lanes), names: this.book.names() },
    );
    this.changes += 1;
    for (const listener of this.listeners) listener();
  }
}

/** Undone are the last things first; but marks that come back do so in the order they stood in. */
function placeOf(inverse: Step, back: readonly Step[]): number {
  if (inverse.wish.kind !== 'mark') return 0;
  const key = cellKey(inverse);
  const at = back.findIndex((one) => one.wish.kind !== 'mark' || cellKey(one) !== key);
  return at < 0 ? back.length : at;
}
