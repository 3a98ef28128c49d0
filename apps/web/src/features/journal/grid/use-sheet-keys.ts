import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { randomId } from '../../../api/random-id';
import type { CellRef, Step } from '../entries/types';
import { useEntries } from '../entries/use-entries';
import {
  advance,
  at,
  goTo,
  isSingle,
  jump,
  move,
  positionsIn,
  rangeOf,
  type Cursor,
  type Position,
  type Size,
} from './cursor';
import { addMark, clearCells, isWritable, putMark, toggleAttendance, type Sheet } from './filling';
import { commandOf, type Command } from './keys';
import { cellForDigit, leave, stay, type JustLeft } from './second-mark';
import type { GridSettings } from './settings';

interface SheetKeysOptions {
  size: Size;
  start: Position;
  /** null where nothing may be written */
  refAt(position: Position): CellRef | null;
  settings: GridSettings;
  onOpen(position: Position): void;
  onLesson?(position: Position): void;
  /** «Все присутствуют» of the lesson there, said or taken back */
  onAllPresent(position: Position): void;
}

/** The cursor of a sheet of cells and what the keys do in it: the journal grid, and the pupils of one lesson. */
export function useSheetKeys({
  size,
  start,
  refAt,
  settings,
  onOpen,
  onLesson,
  onAllPresent,
}: SheetKeysOptions) {
  const { queue, sitting } = useEntries();
  const [kept, setCursor] = useState<Cursor>(() => at(start.row, start.column));
  const cursor = { ...goTo(kept, kept, size, true) };
  const [left, setLeft] = useState<JustLeft | null>(null);
  const leftRef = useRef<JustLeft | null>(null);
  // After Esc the next Tab leaves the grid instead of walking through its cells.
  const isLeaving = useRef(false);
  const range = rangeOf(cursor);
  const selected = isSingle(range) ? [{ row: cursor.row, column: cursor.column }] : positionsIn(range);
  const sheet: Sheet = { refAt, cell: queue.cell, newRef: randomId };

  const outline = (next: JustLeft | null) => {
    leftRef.current = next;
    setLeft(next);
  };
  useEffect(() => {
    if (!left || left.until === 0 || left.until === Infinity) return;
    // No digit goes there by itself any more; «/» still leads back to it.
    const timer = setTimeout(() => outline({ ...left, until: 0 }), left.until - Date.now());
    return () => clearTimeout(timer);
  }, [left]);

  const goOn = () => {
    const next = move(cursor, settings.after, size);
    setCursor(next);
    return next.row !== cursor.row || next.column !== cursor.column;
  };

  const digit = (value: Extract<Command, { type: 'mark' }>['value']) => {
    const second = cellForDigit(leftRef.current, Date.now());
    if (second) {
      sitting.do(addMark(sheet, [second], value));
      outline(null);
      return;
    }
    sitting.do(putMark(sheet, selected, value));
    const from = selected[0]!;
    if (selected.length > 1 || !isWritable(sheet, from)) return;
    if (goOn()) outline(settings.twoDigits ? leave(from, Date.now()) : { ...from, until: 0 });
  };

  /** Undo may be about a cell out of sight: the cursor goes there. */
  const shows = (steps: Step[] | null, positionOf: (ref: CellRef) => Position | null) => {
    const position = steps?.[0] && positionOf(steps[0]);
    if (position) setCursor(at(position.row, position.column));
  };

  /** @returns whether the key was ours */
  const run = (command: Command, positionOf: (ref: CellRef) => Position | null): boolean => {
    if (command.type !== 'mark' && command.type !== 'second') outline(null);
    switch (command.type) {
      case 'move':
        setCursor(move(cursor, command.to, size, command.extend));
        return true;
      case 'jump':
        setCursor(jump(cursor, command.to, size, command.extend));
        return true;
      case 'next':
      case 'previous': {
        const next = advance(cursor, command.type === 'next' ? 1 : -1, size);
        if (next) setCursor(next);
        return next !== null;
      }
      case 'mark':
        digit(command.value);
        return true;
      case 'second':
        // Beside the mark just put, or the one the cursor is on.
        if (leftRef.current) outline(stay(leftRef.current));
        else if (isSingle(range) && isWritable(sheet, cursor)) outline(stay(cursor));
        return true;
      case 'attendance': {
        const steps = toggleAttendance(sheet, selected, command.code);
        sitting.do(steps);
        const isPut = steps.some(({ wish }) => wish.kind === 'attendance' && wish.code !== null);
        if (selected.length === 1 && isPut) goOn();
        return true;
      }
      case 'annul':
        sitting.do(clearCells(sheet, selected));
        return true;
      case 'undo':
        shows(sitting.undo(), positionOf);
        return true;
      case 'redo':
        shows(sitting.redo(), positionOf);
        return true;
      case 'open':
        onOpen(cursor);
        return true;
      case 'lesson':
        onLesson?.(cursor);
        return onLesson !== undefined;
      case 'all-present':
        onAllPresent(cursor);
        return true;
      case 'cancel':
        setCursor(at(cursor.row, cursor.column));
        isLeaving.current = selected.length === 1;
        return selected.length > 1;
    }
  };

  return {
    cursor,
    range,
    selected,
    sheet,
    /** the cell a second digit would go to, outlined */
    left: left && left.until > 0 ? left : null,
    goTo: (to: Position, extend = false) => {
      outline(null);
      setCursor(goTo(cursor, to, size, extend));
    },
    run,
    onKeyDown: (event: KeyboardEvent, positionOf: (ref: CellRef) => Position | null) => {
      const command = commandOf(event);
      const isWalk = command?.type === 'next' || command?.type === 'previous';
      if (isWalk && isLeaving.current) return;
      if (command?.type !== 'cancel') isLeaving.current = false;
      if (command && run(command, positionOf)) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
  };
}

export type SheetKeys = ReturnType<typeof useSheetKeys>;
