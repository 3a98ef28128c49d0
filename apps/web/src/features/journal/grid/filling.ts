import type { AttendanceCode, CellRef, MarkValue, ShownCell, Step } from '../entries/types';
import { parseCell, wishesFor } from './cell-text';
import type { Position } from './cursor';

export type CellAt = (at: CellRef) => ShownCell;

/** What the grid needs to know to turn a key into steps. */
export interface Sheet {
  /** null where nothing may be written */
  refAt(position: Position): CellRef | null;
  cell: CellAt;
  newRef(): string;
}

const writable = (sheet: Sheet, positions: readonly Position[]): CellRef[] =>
  positions.flatMap((position) => sheet.refAt(position) ?? []);

/** What is typed over a mark takes its place, as in any table: the mark is corrected, with its history. */
export const putMark = (sheet: Sheet, positions: readonly Position[], value: MarkValue): Step[] =>
  writable(sheet, positions).flatMap((ref) =>
    wishesFor(sheet.cell(ref), { marks: [value], attendance: null }, sheet.newRef).map((wish): Step => ({
      ...ref,
      wish,
    })),
  );

/** One more mark beside those of the cell: «5/4». */
export const addMark = (sheet: Sheet, positions: readonly Position[], value: MarkValue): Step[] =>
  writable(sheet, positions).map((ref) => ({ ...ref, wish: { kind: 'mark', ref: sheet.newRef(), value } }));

export const isWritable = (sheet: Sheet, position: Position): boolean =>
  writable(sheet, [position]).length > 0;

/** The same letter again takes it off; over a range only when all of it has the letter. */
export function toggleAttendance(sheet: Sheet, positions: readonly Position[], code: AttendanceCode): Step[] {
  const refs = writable(sheet, positions);
  const isOff = refs.every((ref) => sheet.cell(ref).attendance === code);
  return refs
    .filter((ref) => isOff || sheet.cell(ref).attendance !== code)
    .map((ref) => ({ ...ref, wish: { kind: 'attendance', code: isOff ? null : code } }));
}

/** Delete: the marks become void, an absence is taken off. */
export const clearCells = (sheet: Sheet, positions: readonly Position[]): Step[] =>
  writable(sheet, positions).flatMap((ref): Step[] => {
    const { marks, attendance } = sheet.cell(ref);
    return [
      ...marks.map((mark): Step => ({ ...ref, wish: { kind: 'annulment', ref: mark.ref } })),
      ...(attendance ? [{ ...ref, wish: { kind: 'attendance' as const, code: null } }] : []),
    ];
  });

export interface Pasted {
  steps: Step[];
  /** cells with something that is neither a mark nor an absence */
  unreadable: number;
  /** cells that are closed or outside of the journal */
  closed: number;
}

/** One cell on the clipboard fills the whole selection; a table goes down and right of its corner. */
export function paste(
  sheet: Sheet,
  table: readonly (readonly string[])[],
  corner: Position,
  selected: readonly Position[],
): Pasted {
  const single = table.length === 1 && table[0]!.length === 1 ? table[0]![0]! : null;
  const targets =
    single !== null
      ? selected.map((position) => ({ position, text: single }))
      : table.flatMap((line, row) =>
          line.map((text, column) => ({
            position: { row: corner.row + row, column: corner.column + column },
            text,
          })),
        );
  const pasted: Pasted = { steps: [], unreadable: 0, closed: 0 };
  for (const { position, text } of targets) {
    if (text.trim() === '') continue;
    const parsed = parseCell(text);
    const ref = sheet.refAt(position);
    if (!parsed) pasted.unreadable += 1;
    else if (!ref) pasted.closed += 1;
    else {
      const wishes = wishesFor(sheet.cell(ref), parsed, sheet.newRef);
      pasted.steps.push(...wishes.map((wish) => ({ ...ref, wish })));
    }
  }
  return pasted;
}
