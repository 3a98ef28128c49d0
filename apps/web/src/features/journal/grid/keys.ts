import type { AttendanceCode, MarkValue } from '../entries/types';

/** As much of a keyboard event as decides what it means. */
export interface Key {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

export type Direction = 'up' | 'down' | 'left' | 'right';
export type Jump = 'row-start' | 'row-end' | 'grid-start' | 'grid-end' | 'page-up' | 'page-down';

export type Command =
  | { type: 'move'; to: Direction; extend: boolean }
  | { type: 'jump'; to: Jump; extend: boolean }
  | { type: 'next' | 'previous' }
  | { type: 'mark'; value: MarkValue }
  | { type: 'second' }
  | { type: 'attendance'; code: AttendanceCode }
  | { type: 'open' | 'annul' | 'undo' | 'redo' | 'lesson' | 'cancel' | 'all-present' };

const ARROWS: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** By the physical key: Н, Б, У, О stand where they stand whatever the layout is. */
const ATTENDANCE: Record<string, AttendanceCode> = {
  KeyY: 'ABSENT',
  Comma: 'ILL',
  KeyE: 'EXCUSED',
  KeyJ: 'LATE',
};

/** П, likewise. */
const ALL_PRESENT = 'KeyG';

export function commandOf(key: Key): Command | null {
  if (key.altKey) return null;
  const ctrl = key.ctrlKey || key.metaKey;
  const extend = key.shiftKey;
  const arrow = ARROWS[key.key];
  if (arrow && !ctrl) return { type: 'move', to: arrow, extend };
  if (key.key === 'Home') return { type: 'jump', to: ctrl ? 'grid-start' : 'row-start', extend };
  if (key.key === 'End') return { type: 'jump', to: ctrl ? 'grid-end' : 'row-end', extend };
  if (key.key === 'PageUp') return { type: 'jump', to: 'page-up', extend };
  if (key.key === 'PageDown') return { type: 'jump', to: 'page-down', extend };
  if (ctrl) return withCtrl(key);
  if (key.key === 'Tab') return { type: extend ? 'previous' : 'next' };
  if (key.key === 'Enter' || key.key === 'F2') return { type: 'open' };
  if (key.key === 'Delete' || key.key === 'Backspace') return { type: 'annul' };
  if (key.key === 'Escape') return { type: 'cancel' };
  const digit = /^(?:Digit|Numpad)([2-5])$/.exec(key.code)?.[1];
  if (digit && key.key === digit) return { type: 'mark', value: digit as MarkValue };
  if (key.key === '/' || key.code === 'NumpadDivide') return { type: 'second' };
  if (key.code === ALL_PRESENT && !key.shiftKey) return { type: 'all-present' };
  const code = ATTENDANCE[key.code];
  return code && !key.shiftKey ? { type: 'attendance', code } : null;
}

function withCtrl({ code, shiftKey }: Key): Command | null {
  if (code === 'KeyZ') return { type: shiftKey ? 'redo' : 'undo' };
  if (code === 'KeyY') return { type: 'redo' };
  if (code === 'KeyH') return { type: 'lesson' };
  return null;
}
