import { v7 as uuidv7 } from 'uuid';

/** As it is stored; instants in ISO 8601. */
export interface StoredMark {
  id: string;
  lessonId: string;
  studentId: string;
  value: string;
  numericValue: number | null;
  workTypeId: string;
  comment: string | null;
  isLate: boolean;
  recordedAt: string;
  annulledAt: string | null;
  version: number;
}

export interface NewMark {
  lessonId: string;
  studentId: string;
  value: string;
  workTypeId: string;
  comment: string | null;
  isLate: boolean;
  recordedAt: Date;
}

/** A current mark (R113, R123). It is never deleted: an annulled one stays as what it was. */
export class Mark {
  readonly id: string;
  readonly lessonId: string;
  readonly studentId: string;
  value: string;
  numericValue: number | null;
  workTypeId: string;
  comment: string | null;
  readonly isLate: boolean;
  readonly recordedAt: string;
  annulledAt: string | null;
  version: number;

  constructor(stored: StoredMark) {
    this.id = stored.id;
    this.lessonId = stored.lessonId;
    this.studentId = stored.studentId;
    this.value = stored.value;
    this.numericValue = stored.numericValue;
    this.workTypeId = stored.workTypeId;
    this.comment = stored.comment;
    this.isLate = stored.isLate;
    this.recordedAt = stored.recordedAt;
    this.annulledAt = stored.annulledAt;
    this.version = stored.version;
  }

  static put({ recordedAt, ...given }: NewMark): Mark {
    return new Mark({
      ...given,
      recordedAt: recordedAt.toISOString(),
      id: uuidv7(),
      numericValue: numericValueOf(given.value),
      annulledAt: null,
      version: 1,
    });
  }

  get isAnnulled(): boolean {
    return this.annulledAt !== null;
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
    this.annulledAt = at.toISOString();
    this.version += 1;
  }
}

/** A mark is a string on the wire; only figures have a value that averages can use. */
export const numericValueOf = (value: string): number | null => (/^\d+$/.test(value) ? Number(value) : null);
