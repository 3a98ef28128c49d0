import type { CellBook } from './cell-book';
import { withWish } from './shown-cell';
import {
  cellKey,
  type Batch,
  type CellRef,
  type CellState,
  type Conflict,
  type Entry,
  type QueueStatus,
  type RefusedEntry,
  type ShownCell,
  type StoredQueue,
} from './types';

/** What is under way for one lesson. Its commands go one after another: each states the versions it has seen. */
export interface Lane {
  lessonId: string;
  waiting: Entry[];
  batch: Batch | null;
  isSending: boolean;
  failure: string | null;
  /** taken over from an earlier page: which versions the cells have is not known here yet */
  isBlind: boolean;
  refused: RefusedEntry[];
  conflicts: Entry[];
  /** cancels the next sending */
  cancel: (() => void) | null;
}

export const emptyLane = (lessonId: string): Lane => ({
  lessonId,
  waiting: [],
  batch: null,
  isSending: false,
  failure: null,
  isBlind: false,
  refused: [],
  conflicts: [],
  cancel: null,
});

export const unsavedIn = (lane: Lane): Entry[] => [
  ...(lane.batch?.entries ?? []),
  ...lane.waiting,
  ...lane.refused,
  ...lane.conflicts,
];

const ofCell =
  ({ studentId }: { studentId: string }) =>
  (one: { studentId: string }) =>
    one.studentId === studentId;

/**
 * Adds a wish to what waits. A wish about something that has not been sent yet changes that instead: whoever types 4,
 * takes it back and types 5 has put one mark, not two and an annulment.
 */
export function addWish(lane: Lane, entry: Entry): void {
  const { wish } = entry;
  const inCell = ofCell(entry);
  if (lane.conflicts.some(inCell)) {
    lane.conflicts.push(entry);
    return;
  }
  if (wish.kind === 'attendance') {
    lane.refused = lane.refused.filter((one) => !(inCell(one) && one.wish.kind === 'attendance'));
    lane.waiting = lane.waiting.filter((one) => !(inCell(one) && one.wish.kind === 'attendance'));
    lane.waiting.push(entry);
    return;
  }
  if (wish.kind === 'annulment') {
    const isPutHere = (one: Entry) => inCell(one) && one.wish.kind === 'mark' && one.wish.ref === wish.ref;
    const isAbout = (one: Entry) => inCell(one) && 'ref' in one.wish && one.wish.ref === wish.ref;
    const wasUnsent = [...lane.waiting, ...lane.refused].some(isPutHere);
    lane.waiting = lane.waiting.filter((one) => !isAbout(one));
    lane.refused = lane.refused.filter((one) => !isAbout(one));
    if (!wasUnsent) lane.waiting.push(entry);
    return;
  }
  if (wish.kind === 'correction') {
    const at = lane.waiting.findIndex(
      (one) =>
        inCell(one) &&
        (one.wish.kind === 'mark' || one.wish.kind === 'correction') &&
        one.wish.ref === wish.ref,
    );
    const earlier = lane.waiting[at];
    if (earlier) {
      const { kind: _, ...changes } = wish;
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      lane.waiting[at] = { ...earlier, wish: { ...earlier.wish, ...given } as Entry['wish'] };
      return;
    }
  }
  lane.waiting.push(entry);
}

/** The cell as the screen shows it: the server’s, and over it everything that is not acknowledged. */
export function projected(lane: Lane | undefined, at: CellRef, book: CellBook): ShownCell {
  let cell = book.shown(at);
  if (!lane) return cell;
  const states: CellState[] = [];
  const over = (entries: readonly Entry[], state: CellState) => {
    for (const { wish } of entries.filter(ofCell(at))) {
      cell = withWish(cell, wish);
      states.push(state);
    }
  };
  const open = lane.failure ? 'failing' : 'pending';
  over(lane.batch?.entries ?? [], open);
  const seen = lane.batch?.body.find(ofCell(at))?.cellVersion ?? Infinity;
  // After a reload the server may have the marks of an unanswered command already: not to be shown twice.
  if ((book.get(at)?.version ?? 0) > seen) cell = book.shown(at);
  over(lane.waiting, open);
  over(lane.refused, 'refused');
  over(lane.conflicts, 'conflict');
  return { ...cell, state: states.at(-1) ?? 'saved' };
}

export function statusOf(lanes: readonly Lane[], savedAt: string | null): QueueStatus {
  const conflicts = new Map<string, Conflict>();
  for (const entry of lanes.flatMap((lane) => lane.conflicts)) {
    const { lessonId, studentId } = entry;
    const known = conflicts.get(cellKey(entry)) ?? { lessonId, studentId, entries: [] };
    known.entries.push(entry);
    conflicts.set(cellKey(entry), known);
  }
  return {
    unsaved: lanes.reduce((sum, lane) => sum + unsavedIn(lane).length, 0),
    failure: lanes.find((lane) => lane.failure)?.failure ?? null,
    refused: lanes.flatMap((lane) => lane.refused),
    conflicts: [...conflicts.values()],
    savedAt,
  };
}

export const storedLanes = (lanes: readonly Lane[]): StoredQueue['lanes'] =>
  lanes
    .filter((lane) => unsavedIn(lane).length > 0)
    .map(({ lessonId, batch, waiting, refused, conflicts }) => ({
      lessonId,
      batch,
      waiting,
      refused,
      conflicts,
    }));
