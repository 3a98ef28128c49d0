import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';

const MarkSchema = defineEntity({
  name: 'Mark',
  tableName: 'marks',
  properties: {
    schoolId: p.uuid().primary(),
    id: p.uuid().primary(),
    lessonId: p.uuid(),
    studentId: p.uuid(),
    value: p.text(),
    numericValue: p.decimal('number').precision(5).scale(2).nullable(),
    workTypeId: p.uuid(),
    comment: p.text().nullable(),
    isLate: p.boolean(),
    recordedAt: p.datetime(),
    annulledAt: p.datetime().nullable(),
    version: p.integer(),
  },
});

export interface NewMark {
  schoolId: string;
  lessonId: string;
  studentId: string;
  value: string;
  workTypeId: string;
  comment: string | null;
  isLate: boolean;
  recordedAt: Date;
}

/** A current mark (R113, R123). It is never deleted: an annulled one stays as what it was. */
export class Mark extends MarkSchema.class {
  static put(given: NewMark): Mark {
    const mark = new Mark();
    Object.assign(mark, given, {
      id: uuidv7(),
      numericValue: numericValueOf(given.value),
      annulledAt: null,
      version: 1,
    });
    return mark;
  }

  get isAnnulled(): boolean {
    return this.annulledAt != null;
  }

  correct(change: { value?: string; workTypeId?: string; comment?: string | null }): void {
    if (change.value !== undefined) {
      this.value = change.value;
      this.numericValue = numericValueOf(change.value);
    }
    if (change.workTypeId !== undefined) this.workTypeId = change.workTypeId;
    if (change.comment !== undefined) this.comment = change.comment;
    this.version += 1;
  }

  annul(at: Date): void {
    this.annulledAt = at;
    this.version += 1;
  }
}
MarkSchema.setClass(Mark);

/** A mark is a string on the wire; only figures have a value that averages can use. */
export const numericValueOf = (value: string): number | null => (/^\d+$/.test(value) ? Number(value) : null);
