import type { AttendanceCode, CellView, Entry, ShownCell, ShownMark, Step, Wish } from './types';

export const EMPTY_CELL: ShownCell = { attendance: null, minutesLate: null, marks: [], state: 'saved' };

/** @param refOf the ref of a mark by its id */
export function shownFrom(cell: CellView | undefined, refOf: (markId: string) => string): ShownCell {
  if (!cell) return EMPTY_CELL;
  return {
    attendance: cell.attendance as AttendanceCode | null,
    minutesLate: cell.minutesLate,
    marks: cell.marks.map(({ markId, value, workTypeId, comment, isLate }) => ({
      ref: refOf(markId),
      value,
      workTypeId,
      comment,
      isLate,
    })),
    state: 'saved',
  };
}

/** The cell after a wish. A wish about a mark that is not there changes nothing. */
export function withWish(cell: ShownCell, wish: Wish): ShownCell {
  switch (wish.kind) {
    case 'attendance':
      return {
        ...cell,
        attendance: wish.code,
        minutesLate: wish.code === 'LATE' ? (wish.minutesLate ?? null) : null,
      };
    case 'mark':
      return {
        ...cell,
        marks: [
          ...cell.marks,
          {
            ref: wish.ref,
            value: wish.value,
            workTypeId: wish.workTypeId ?? null,
            comment: wish.comment ?? null,
            isLate: false,
          },
        ],
      };
    case 'annulment':
      return { ...cell, marks: cell.marks.filter(({ ref }) => ref !== wish.ref) };
    case 'correction':
      return {
        ...cell,
        marks: cell.marks.map((mark) => (mark.ref === wish.ref ? corrected(mark, wish) : mark)),
      };
  }
}

function corrected(mark: ShownMark, wish: Extract<Wish, { kind: 'correction' }>): ShownMark {
  return {
    ...mark,
    value: wish.value ?? mark.value,
    workTypeId: wish.workTypeId ?? mark.workTypeId,
    comment: wish.comment === undefined ? mark.comment : wish.comment,
  };
}

/** What would take the wish back, or null if it does nothing to this cell. */
export function inverseOf(cell: ShownCell, { wish, ...at }: Step): Step | null {
  const inverse = inverseWish(cell, wish);
  return inverse && { ...at, wish: inverse };
}

function inverseWish(cell: ShownCell, wish: Wish): Wish | null {
  if (wish.kind === 'mark') return { kind: 'annulment', ref: wish.ref };
  if (wish.kind === 'attendance') {
    return { kind: 'attendance', code: cell.attendance, minutesLate: cell.minutesLate };
  }
  const mark = cell.marks.find(({ ref }) => ref === wish.ref);
  if (!mark) return null;
  const was = {
    ref: mark.ref,
    value: mark.value as never,
    workTypeId: mark.workTypeId ?? undefined,
    comment: mark.comment,
  };
  return wish.kind === 'annulment' ? { kind: 'mark', ...was } : { kind: 'correction', ...was };
}

export const isEmptyCell = (cell: ShownCell): boolean => cell.marks.length === 0 && cell.attendance === null;

/**
 * Entries that take the place of what the cell holds now, instead of standing beside it: marks that were put correct the
 * ones that are there.
 */
export function inPlaceOf(cell: ShownCell, entries: readonly Entry[], newId: () => string): Entry[] {
  const touched = new Set(entries.flatMap(({ wish }) => ('ref' in wish ? wish.ref : [])));
  const there = cell.marks.filter(({ ref }) => !touched.has(ref));
  const instead = entries.flatMap((entry): Entry[] => {
    const { wish } = entry;
    const mark = wish.kind === 'mark' && there.shift();
    if (!mark) return [entry];
    const { kind: _, ...said } = wish;
    return [{ ...entry, wish: { kind: 'correction', ...said, ref: mark.ref } }];
  });
  const isAboutMarks = entries.some(({ wish }) => wish.kind === 'mark');
  const at = entries[0];
  if (!at || !isAboutMarks) return instead;
  return [
    ...instead,
    ...there.map(({ ref }): Entry => ({
      lessonId: at.lessonId,
      studentId: at.studentId,
      id: newId(),
      wish: { kind: 'annulment', ref },
    })),
  ];
}
