import type { CellView } from '@parta/contracts-journal';
import { v7 as uuidv7 } from 'uuid';
import type { Mark } from './mark.js';

export type AttendanceCode = 'ABSENT' | 'ILL' | 'EXCUSED' | 'LATE';

/** As it is stored. */
export interface StoredCell {
  lessonId: string;
  studentId: string;
  id: string;
  version: number;
  attendance: AttendanceCode | null;
  minutesLate: number | null;
  absenceReason: string | null;
}

/**
 * One pupil at one lesson: attendance and marks. Its version grows with every command that changes anything in it, and
 * a command says which version its author saw.
 */
export class Cell {
  readonly lessonId: string;
  readonly studentId: string;
  readonly id: string;
  version: number;
  attendance: AttendanceCode | null;
  minutesLate: number | null;
  absenceReason: string | null;

  constructor(stored: StoredCell) {
    this.lessonId = stored.lessonId;
    this.studentId = stored.studentId;
    this.id = stored.id;
    this.version = stored.version;
    this.attendance = stored.attendance;
    this.minutesLate = stored.minutesLate;
    this.absenceReason = stored.absenceReason;
  }

  /** A pupil who was there and got nothing. */
  static empty(lessonId: string, studentId: string): Cell {
    return new Cell({
      lessonId,
      studentId,
      id: uuidv7(),
      version: 0,
      attendance: null,
      minutesLate: null,
      absenceReason: null,
    });
  }

  /** Present is null. Minutes belong to lateness, a reason to an absence. */
  attend(code: AttendanceCode | null, minutesLate: number | null): void {
    this.attendance = code;
    this.minutesLate = code === 'LATE' ? minutesLate : null;
    if (code === null || code === 'LATE') this.absenceReason = null;
  }

  /** The class teacher says why (R130). */
  explain(code: Exclude<AttendanceCode, 'LATE'>, reason: string | null): void {
    this.attendance = code;
    this.absenceReason = reason;
  }

  view(marks: readonly Mark[]): CellView {
    return {
      lessonId: this.lessonId,
      studentId: this.studentId,
      version: this.version,
      attendance: this.attendance,
      minutesLate: this.minutesLate,
      marks: marks
        .filter((mark) => !mark.isAnnulled)
        .map((mark) => ({
          markId: mark.id,
          value: mark.value,
          workTypeId: mark.workTypeId,
          comment: mark.comment,
          isLate: mark.isLate,
        })),
    };
  }
}
