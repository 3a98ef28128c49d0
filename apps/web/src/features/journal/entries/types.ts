import type { Schemas } from '../../../api/types';

export type CellView = Schemas['CellView'];
export type JournalEntry = Schemas['JournalEntry'];
export type RecordedEntries = Schemas['RecordedEntries'];
export type MarkValue = '5' | '4' | '3' | '2';
export type AttendanceCode = 'ABSENT' | 'ILL' | 'EXCUSED' | 'LATE';

export const MARK_VALUES: readonly MarkValue[] = ['5', '4', '3', '2'];
export const ATTENDANCE_CODES: readonly AttendanceCode[] = ['ABSENT', 'ILL', 'EXCUSED', 'LATE'];

/**
 * A mark is named by a `ref`: its id, or a name given here before the server has given it an id. A mark that was
 * annulled and put again by «undo» keeps its ref, so that earlier steps still find it.
 */
export type Wish =
  | { kind: 'mark'; ref: string; value: MarkValue; workTypeId?: string; comment?: string | null }
  | {
      kind: 'correction';
      ref: string;
      value?: MarkValue;
      workTypeId?: string;
      comment?: string | null;
      reason?: string | null;
    }
  | { kind: 'annulment'; ref: string; reason?: string | null }
  | { kind: 'attendance'; code: AttendanceCode | null; minutesLate?: number | null };

export interface CellRef {
  lessonId: string;
  studentId: string;
}

/** What a person wants of one cell. */
export interface Step extends CellRef {
  wish: Wish;
}

export interface Entry extends Step {
  id: string;
  /** sent by itself, because together with others it was refused and nobody said which one was wrong */
  isAlone?: boolean;
}

/** A command as it went out: a repeat has to be the same to the letter, under the same key. */
export interface Batch {
  key: string;
  entries: Entry[];
  body: JournalEntry[];
  /** marks each pupil had by then: those of the answer that are not among them are the new ones */
  knownMarks: Record<string, string[]>;
  attempts: number;
}

export interface RefusedEntry extends Entry {
  code: string;
}

export type CellState = 'saved' | 'pending' | 'failing' | 'refused' | 'conflict';

export interface ShownMark {
  ref: string;
  value: string;
  workTypeId: string | null;
  comment: string | null;
  isLate: boolean;
}

/** A cell as the screen shows it: what the server has, and over it what has not been acknowledged. */
export interface ShownCell {
  attendance: AttendanceCode | null;
  minutesLate: number | null;
  marks: ShownMark[];
  state: CellState;
}

export interface Conflict extends CellRef {
  entries: Entry[];
}

export interface QueueStatus {
  unsaved: number;
  /** the code of why the last attempt failed; it is being tried again */
  failure: string | null;
  refused: RefusedEntry[];
  conflicts: Conflict[];
  savedAt: string | null;
}

export interface StoredQueue {
  lanes: {
    lessonId: string;
    batch: Batch | null;
    waiting: Entry[];
    refused: RefusedEntry[];
    conflicts: Entry[];
  }[];
  /** ref → id of marks that have got one */
  names: [string, string][];
}

export const cellKey = ({ lessonId, studentId }: CellRef): string => `${lessonId} ${studentId}`;

export interface EntryQueueDeps {
  send(lessonId: string, entries: JournalEntry[], key: string): Promise<RecordedEntries>;
  /** the cells of a lesson as they are */
  read(lessonId: string): Promise<CellView[]>;
  newId(): string;
  later(ms: number, run: () => void): () => void;
  /** keeps what is unsaved over a reload; null when nothing is */
  keep(stored: StoredQueue | null): void;
}
