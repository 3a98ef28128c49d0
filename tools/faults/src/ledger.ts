import type { CellView, JournalEntry } from '@parta/contracts-journal';
import type { Lesson, School } from './schools.js';

/** A message that a family is to get: by one channel, of one mark. */
export interface DueMessage {
  /** as the receivers know it */
  to: string;
  /** «Предмет-3 21.11», which stands in the text; a heard pupil has one mark in a cell */
  cause: string;
}

/** What teachers were told is saved: the truth that everything else is compared with. */
export class Ledger {
  /** by lesson and pupil, as the last answer showed it */
  readonly cells = new Map<string, CellView>();
  readonly due: DueMessage[] = [];
  /** entries acknowledged; a correction is one more */
  entries = 0;
  commands = 0;
  /** commands that were sent more than once */
  repeated = 0;
  /** what must never be answered */
  readonly violations: string[] = [];

  private readonly families: Map<string, { email: string; phone: string }>;

  constructor(schools: readonly School[]) {
    this.families = new Map(schools.flatMap((school) => [...school.families]));
  }

  cell(lessonId: string, studentId: string): CellView | undefined {
    return this.cells.get(`${lessonId} ${studentId}`);
  }

  acknowledge(lesson: Lesson, entries: readonly JournalEntry[], cells: readonly CellView[]): void {
    this.commands += 1;
    this.entries += entries.length;
    for (const cell of cells) {
      const key = `${cell.lessonId} ${cell.studentId}`;
      const expected = (this.cells.get(key)?.version ?? 0) + 1;
      if (cell.version !== expected)
        this.violations.push(`a cell was answered with version ${cell.version} instead of ${expected}`);
      this.cells.set(key, cell);
    }
    for (const { kind, studentId } of entries) {
      const family = kind === 'mark' && this.families.get(studentId);
      if (!family) continue;
      const cause = causeOf(lesson.subject, lesson.date);
      this.due.push({ to: family.email, cause }, { to: family.phone.replace('+', ''), cause });
    }
  }

  /** Marks that stand, one line each, in order. */
  marks(): string[] {
    return [...this.cells.values()]
      .flatMap(({ lessonId, studentId, marks }) =>
        marks.map(({ markId, value }) => `${markId} ${lessonId} ${studentId} ${value}`),
      )
      .sort();
  }

  /** Absences that stand, one line each, in order. */
  absences(): string[] {
    return [...this.cells.values()]
      .filter(({ attendance }) => attendance !== null)
      .map(({ lessonId, studentId, attendance }) => `${lessonId} ${studentId} ${attendance}`)
      .sort();
  }
}

/** How a message names its cause. */
export const causeOf = (subject: string, date: string): string =>
  `${subject} ${date.slice(8, 10)}.${date.slice(5, 7)}`;
