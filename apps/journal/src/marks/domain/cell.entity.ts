import { defineEntity, p } from '@mikro-orm/core';
import type { CellView } from '@parta/contracts-journal';
import { v7 as uuidv7 } from 'uuid';
import type { Mark } from './mark.entity.js';

export type AttendanceCode = 'ABSENT' | 'ILL' | 'EXCUSED' | 'LATE';

const CellSchema = defineEntity({
  name: 'Cell',
  tableName: 'cells',
  properties: {
    schoolId: p.uuid().primary(),
    lessonId: p.uuid().primary(),
    studentId: p.uuid().primary(),
    id: p.uuid(),
    version: p.integer(),
    attendance: p.text().$type<AttendanceCode>().nullable(),
    minutesLate: p.integer().nullable(),
    absenceReason: p.text().nullable(),
  },
});

/**
 * One pupil at one lesson: attendance and marks. Its version grows with every command that changes anything in it, and
 * a command says which version its author saw.
 */
export class Cell extends CellSchema.class {
  static empty(schoolId: string, lessonId: string, studentId: string): Cell {
    const cell = new Cell();
    Object.assign(cell, {
      schoolId,
      lessonId,
      studentId,
      id: uuidv7(),
      version: 0,
      attendance: null,
      minutesLate: null,
      absenceReason: null,
    });
    return cell;
  }

  get isNew(): boolean {
    return this.version === 0;
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
      attendance: this.attendance ?? null,
      minutesLate: this.minutesLate ?? null,
      marks: marks
        .filter((mark) => !mark.isAnnulled)
        .map((mark) => ({
          markId: mark.id,
          value: mark.value,
          workTypeId: mark.workTypeId,
          comment: mark.comment ?? null,
          isLate: mark.isLate,
        })),
    };
  }
}
CellSchema.setClass(Cell);
