import type { Position } from './cursor';

export const SECOND_MARK_MS = 700;

/**
 * A second digit right after the first belongs to the same cell («5/4»), although the cursor has moved on already: it
 * goes to the cell just left, which stays outlined as long as that holds. After «/» it holds without a time limit.
 */
export interface JustLeft extends Position {
  until: number;
}

export const leave = ({ row, column }: Position, now: number): JustLeft => ({
  row,
  column,
  until: now + SECOND_MARK_MS,
});

export const stay = ({ row, column }: Position): JustLeft => ({ row, column, until: Infinity });

/** @returns the cell that a digit typed now belongs to, other than the one of the cursor */
export const cellForDigit = (left: JustLeft | null, now: number): Position | null =>
  left && now <= left.until ? { row: left.row, column: left.column } : null;
