import type { Direction, Jump } from './keys';

export interface Position {
  row: number;
  column: number;
}

/** Where one is, and where a selection with Shift began. */
export interface Cursor extends Position {
  anchor: Position;
}

export interface Size {
  rows: number;
  columns: number;
  /** rows of one screenful */
  page: number;
}

export interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export const at = (row: number, column: number): Cursor => ({ row, column, anchor: { row, column } });

const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

export function goTo(cursor: Cursor, to: Position, size: Size, extend = false): Cursor {
  const row = within(to.row, size.rows);
  const column = within(to.column, size.columns);
  return { row, column, anchor: extend ? cursor.anchor : { row, column } };
}

const STEPS: Record<Direction, [number, number]> = {
  up: [-1, 0],
  down: [1, 0],
  left: [0, -1],
  right: [0, 1],
};

export function move(cursor: Cursor, to: Direction, size: Size, extend = false): Cursor {
  const [rows, columns] = STEPS[to];
  return goTo(cursor, { row: cursor.row + rows, column: cursor.column + columns }, size, extend);
}

export function jump(cursor: Cursor, to: Jump, size: Size, extend = false): Cursor {
  const { row, column } = cursor;
  const target: Record<Jump, Position> = {
    'row-start': { row, column: 0 },
    'row-end': { row, column: size.columns - 1 },
    'grid-start': { row: 0, column: 0 },
    'grid-end': { row: size.rows - 1, column: size.columns - 1 },
    'page-up': { row: row - size.page, column },
    'page-down': { row: row + size.page, column },
  };
  return goTo(cursor, target[to], size, extend);
}

/** Tab through the grid, row by row. @returns null past its ends: the focus then leaves the grid */
export function advance(cursor: Cursor, by: 1 | -1, size: Size): Cursor | null {
  const index = cursor.row * size.columns + cursor.column + by;
  if (index < 0 || index >= size.rows * size.columns) return null;
  return at(Math.floor(index / size.columns), index % size.columns);
}

export const rangeOf = ({ row, column, anchor }: Cursor): Range => ({
  top: Math.min(row, anchor.row),
  bottom: Math.max(row, anchor.row),
  left: Math.min(column, anchor.column),
  right: Math.max(column, anchor.column),
});

export function positionsIn({ top, bottom, left, right }: Range): Position[] {
  const found: Position[] = [];
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) found.push({ row, column });
  }
  return found;
}

export const isSingle = ({ top, bottom, left, right }: Range): boolean => top === bottom && left === right;
