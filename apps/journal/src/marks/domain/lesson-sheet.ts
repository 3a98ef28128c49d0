import type { CellView, JournalEntry } from '@parta/contracts-journal';
import { Conflict, DomainError, InvalidInput, type FieldError } from '@parta/platform-errors';
import type { Cell } from './cell.js';
import { Mark } from './mark.js';

export interface SheetWorkType {
  id: string;
  title: string;
  weight: number;
  isWritten: boolean;
}

/** What a teacher did to one mark or one attendance, as it is kept in the history. */
export interface EntryChange {
  subject: 'mark' | 'attendance';
  studentId: string;
  mark: Mark | null;
  before: string | null;
  after: string | null;
  reason: string | null;
  isLate: boolean;
}

export interface SheetSurroundings {
  now: Date;
  workTypes: ReadonlyMap<string, SheetWorkType>;
  /** the lesson's own kind of work, or the school's first */
  usualWorkTypeId: string;
  /** whether an entry now is late, for written works and for others */
  isLate: (isWrittenWork: boolean) => boolean;
  /** pupils of year 1, each by the own year: a combined class has others too */
  firstYear: ReadonlySet<string>;
}

/** A lesson has a few works; more marks than this of one pupil are a mistake or an attack, and no cell can show them. */
export const MAX_MARKS_IN_CELL = 10;
/** Annulled marks stay in the history, which each page of the journal carries. */
export const MAX_MARKS_EVER_IN_CELL = 50;

/**
 * The pupils of one lesson with their cells and marks, as far as a command is about them. All entries are applied, or
 * none: the first broken rule throws, and nothing has been stored by then.
 */
export class LessonSheet {
  readonly changes: EntryChange[] = [];
  private readonly newMarks: Mark[] = [];
  private readonly touched = new Set<Cell>();
  private readonly changed = new Set<Mark>();

  constructor(
    private readonly cells: ReadonlyMap<string, Cell>,
    private readonly marks: readonly Mark[],
    private readonly around: SheetSurroundings,
  ) {}

  /**
   * @throws InvalidInput for an entry that lacks what its kind needs; Conflict `journal.cell-stale` with the cells as
   *   they are; DomainError `journal.mark-not-found`, `journal.work-type-unknown`, `journal.no-marks-in-first-year`,
   *   `journal.too-many-marks`
   */
  apply(entries: readonly JournalEntry[]): void {
    everyEntryIsComplete(entries);
    this.nobodyElseChangedTheCells(entries);
    this.firstYearHasNoMarks(entries);
    for (const entry of entries) {
      const cell = this.cells.get(entry.studentId)!;
      switch (entry.kind) {
        case 'mark':
          this.putMark(cell, entry);
          break;
        case 'correction':
          this.correctMark(cell, entry);
          break;
        case 'annulment':
          this.annulMark(cell, entry);
          break;
        case 'attendance':
          this.attend(cell, entry);
      }
    }
    for (const cell of this.touched) cell.version += 1;
  }

  get changedCells(): Cell[] {
    return [...this.touched];
  }

  /** New, corrected and annulled ones. */
  get changedMarks(): Mark[] {
    return [...this.changed];
  }

  view(): CellView[] {
    return [...this.cells.values()].map((cell) => cell.view(this.marksOf(cell.studentId)));
  }

  private putMark(cell: Cell, entry: JournalEntry): void {
    this.marksFit(cell.studentId);
    const workType = this.workType(entry.workTypeId ?? this.around.usualWorkTypeId);
    const isLate = this.around.isLate(workType.isWritten);
    const mark = Mark.put({
      lessonId: cell.lessonId,
      studentId: cell.studentId,
      value: entry.value!,
      workTypeId: workType.id,
      comment: entry.comment ?? null,
      isLate,
      recordedAt: this.around.now,
    });
    this.newMarks.push(mark);
    this.note(cell, {
      subject: 'mark',
      mark,
      before: null,
      after: mark.value,
      reason: entry.reason ?? null,
      isLate,
    });
  }

  private correctMark(cell: Cell, entry: JournalEntry): void {
    const mark = this.existingMark(entry);
    if (entry.workTypeId !== undefined) this.workType(entry.workTypeId);
    const before = mark.value;
    mark.correct({ value: entry.value, workTypeId: entry.workTypeId, comment: entry.comment });
    this.note(cell, {
      subject: 'mark',
      mark,
      before,
      after: mark.value,
      reason: entry.reason ?? null,
      isLate: this.around.isLate(this.workType(mark.workTypeId).isWritten),
    });
  }

  private annulMark(cell: Cell, entry: JournalEntry): void {
    const mark = this.existingMark(entry);
    mark.annul(this.around.now);
    this.note(cell, {
      subject: 'mark',
      mark,
      before: mark.value,
      after: null,
      reason: entry.reason ?? null,
      isLate: this.around.isLate(this.workType(mark.workTypeId).isWritten),
    });
  }

  private attend(cell: Cell, entry: JournalEntry): void {
    const before = cell.attendance;
    cell.attend(entry.code ?? null, entry.minutesLate ?? null);
    this.note(cell, {
      subject: 'attendance',
      mark: null,
      before,
      after: cell.attendance,
      reason: entry.reason ?? null,
      isLate: this.around.isLate(false),
    });
  }

  private note(cell: Cell, change: Omit<EntryChange, 'studentId'>): void {
    this.touched.add(cell);
    if (change.mark) this.changed.add(change.mark);
    this.changes.push({ ...change, studentId: cell.studentId });
  }

  private existingMark(entry: JournalEntry): Mark {
    const mark = this.marks.find(
      (one) => one.id === entry.markId && one.studentId === entry.studentId && !one.isAnnulled,
    );
    if (!mark) throw new DomainError('not-found', 'journal.mark-not-found', 'no such mark in this cell');
    return mark;
  }

  private workType(id: string): SheetWorkType {
    const found = this.around.workTypes.get(id);
    if (!found)
      throw new DomainError('invalid', 'journal.work-type-unknown', 'no such kind of work in this school');
    return found;
  }

  private marksOf(studentId: string): Mark[] {
    return [...this.marks, ...this.newMarks].filter((mark) => mark.studentId === studentId);
  }

  private marksFit(studentId: string): void {
    const marks = this.marksOf(studentId);
    const standing = marks.filter((mark) => !mark.isAnnulled).length;
    if (standing < MAX_MARKS_IN_CELL && marks.length < MAX_MARKS_EVER_IN_CELL) return;
    throw new DomainError('conflict', 'journal.too-many-marks', 'the cell holds as many marks as it may', {
      details: { max: MAX_MARKS_IN_CELL, maxWithAnnulled: MAX_MARKS_EVER_IN_CELL },
    });
  }

  /** Year 1 learns without marks. */
  private firstYearHasNoMarks(entries: readonly JournalEntry[]): void {
    const marked = entries.filter(
      ({ kind, studentId }) => kind === 'mark' && this.around.firstYear.has(studentId),
    );
    if (marked.length === 0) return;
    throw new DomainError('conflict', 'journal.no-marks-in-first-year', 'year 1 learns without marks', {
      details: { studentIds: [...new Set(marked.map(({ studentId }) => studentId))] },
    });
  }

  private nobodyElseChangedTheCells(entries: readonly JournalEntry[]): void {
    const stale = entries.filter((entry) => this.cells.get(entry.studentId)!.version !== entry.cellVersion);
    if (stale.length === 0) return;
    const students = new Set(stale.map((entry) => entry.studentId));
    throw new Conflict('journal.cell-stale', 'a cell has changed since it was read', {
      cells: this.view().filter((cell) => students.has(cell.studentId)),
    });
  }
}

function everyEntryIsComplete(entries: readonly JournalEntry[]): void {
  const errors: FieldError[] = [];
  const need = (i: number, field: 'value' | 'markId' | 'code', isThere: boolean) => {
    if (!isThere)
      errors.push({
        field: `entries[${i}].${field}`,
        code: 'required',
        message: `${field} is needed for this kind of entry`,
      });
  };
  entries.forEach((entry, i) => {
    if (entry.kind === 'mark') need(i, 'value', entry.value !== undefined);
    if (entry.kind === 'correction' || entry.kind === 'annulment')
      need(i, 'markId', entry.markId !== undefined);
    if (entry.kind === 'attendance') need(i, 'code', entry.code !== undefined);
  });
  if (errors.length > 0) throw new InvalidInput(errors);
}
