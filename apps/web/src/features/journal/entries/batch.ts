import type { CellBook } from './cell-book';
import { cellsOf, studentsOf, type SendFailure } from './failure';
import type { Lane } from './lane';
import type { Batch, Entry, JournalEntry, RecordedEntries } from './types';

const LARGEST_BATCH = 200;
/** Refusals that concern one entry without naming it. */
const OF_ONE_ENTRY = ['journal.mark-not-found', 'journal.work-type-unknown', 'request.invalid'];

/** Makes a command of what waits. From here on it does not change. */
export function freeze(lane: Lane, book: CellBook, key: string): Batch | null {
  const taken = lane.waiting[0]?.isAlone ? lane.waiting.splice(0, 1) : lane.waiting.splice(0, LARGEST_BATCH);
  const batch: Batch = { key, entries: [], body: [], knownMarks: {}, attempts: 0 };
  for (const entry of taken) {
    const body = bodyOf(entry, book);
    if (!body) continue;
    batch.entries.push(entry);
    batch.body.push(body);
    batch.knownMarks[entry.studentId] = book.get(entry)?.marks.map(({ markId }) => markId) ?? [];
  }
  return batch.entries.length > 0 ? batch : null;
}

function bodyOf({ wish, ...at }: Entry, book: CellBook): JournalEntry | null {
  const cell = book.get(at);
  const base = { studentId: at.studentId, cellVersion: cell?.version ?? 0 };
  if (wish.kind === 'attendance') {
    return { ...base, kind: 'attendance', code: wish.code, minutesLate: wish.minutesLate ?? null };
  }
  const { ref, ...said } = wish;
  if (wish.kind === 'mark') return { ...base, ...said } as JournalEntry;
  const markId = book.idOf(ref);
  // The mark is gone: annulled by somebody else, or never accepted. There is nothing left to change.
  if (!cell?.marks.some((mark) => mark.markId === markId)) return null;
  return { ...base, ...said, markId } as JournalEntry;
}

/** The server’s answer: the cells as they are, and ids for the marks that were put. */
export function acknowledge(batch: Batch, { cells }: RecordedEntries, book: CellBook): void {
  for (const cell of cells) {
    const before = new Set(batch.knownMarks[cell.studentId]);
    const added = cell.marks.filter(({ markId }) => !before.has(markId));
    const put = batch.entries.filter((one) => one.studentId === cell.studentId && one.wish.kind === 'mark');
    put.forEach(({ wish }, at) => {
      const markId = added[at]?.markId;
      if (markId && wish.kind === 'mark') book.name(wish.ref, markId);
    });
    book.take(cell);
  }
}

/** Parts a refused command: what collided, what is refused for good, and what goes out again. */
export function refuse(lane: Lane, batch: Batch, failure: SendFailure, book: CellBook): void {
  const { code } = failure;
  if (code === 'journal.cell-stale') {
    const stale = cellsOf(failure);
    // Also an older version than we believed in has to be believed now.
    for (const cell of stale) book.take(cell, true);
    const students = new Set(stale.map(({ studentId }) => studentId));
    const [collided, fine] = part([...batch.entries, ...lane.waiting], ({ studentId }) =>
      students.size === 0
        ? batch.entries.some((one) => one.studentId === studentId)
        : students.has(studentId),
    );
    lane.conflicts.push(...collided);
    lane.waiting = fine;
    return;
  }
  if (OF_ONE_ENTRY.includes(code) && batch.entries.length > 1) {
    lane.waiting.unshift(...batch.entries.map((entry) => ({ ...entry, isAlone: true })));
    return;
  }
  const isOfFirstYear = code === 'journal.no-marks-in-first-year';
  const students = code === 'journal.student-not-in-group' || isOfFirstYear ? studentsOf(failure) : [];
  const [wrong, fine] = part(batch.entries, ({ studentId, wish }) => {
    if (isOfFirstYear && wish.kind === 'attendance') return false;
    return students.length === 0 || students.includes(studentId);
  });
  lane.refused.push(...wrong.map((entry) => ({ ...entry, code })));
  lane.waiting.unshift(...fine);
}

function part<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}
