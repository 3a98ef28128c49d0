import { EMPTY_CELL } from '../entries/shown-cell';
import type { CellRef, ShownCell } from '../entries/types';
import { averagesOf } from './averages';
import { fromTable, parseCell, textOf, toTable, wishesFor } from './cell-text';
import { chunksToDraw, columnsOf, lastHeld, monthsOf, sightOf } from './columns';
import { advance, at, goTo, isSingle, jump, move, positionsIn, rangeOf } from './cursor';
import { addMark, clearCells, paste, putMark, toggleAttendance, type Sheet } from './filling';
import { commandOf, type Key } from './keys';
import { cellForDigit, leave, SECOND_MARK_MS, stay } from './second-mark';

const press = (key: string, code = key, more: Partial<Key> = {}) =>
  commandOf({ key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more });

describe('the keys of the journal', () => {
  it('puts the marks that there are, from the row of digits and from the number pad', () => {
    expect(press('5', 'Digit5')).toEqual({ type: 'mark', value: '5' });
    expect(press('2', 'Numpad2')).toEqual({ type: 'mark', value: '2' });
    expect(press('1', 'Digit1')).toBeNull();
    expect(press('6', 'Digit6')).toBeNull();
  });

  it('says by П that all are present, on whatever layout', () => {
    expect(press('п', 'KeyG')).toEqual({ type: 'all-present' });
    expect(press('g', 'KeyG')).toEqual({ type: 'all-present' });
    expect(press('п', 'KeyG', { ctrlKey: true })).toBeNull();
  });

  it('does not take a number pad without Num Lock for marks', () => {
    expect(press('ArrowDown', 'Numpad2')).toEqual({ type: 'move', to: 'down', extend: false });
  });

  it.each([
    ['н', 'KeyY', 'ABSENT'],
    ['y', 'KeyY', 'ABSENT'],
    ['б', 'Comma', 'ILL'],
    [',', 'Comma', 'ILL'],
    ['у', 'KeyE', 'EXCUSED'],
    ['e', 'KeyE', 'EXCUSED'],
    ['о', 'KeyJ', 'LATE'],
    ['j', 'KeyJ', 'LATE'],
  ])('takes «%s» for an absence by its place on the keyboard', (key, code, attendance) => {
    expect(press(key, code)).toEqual({ type: 'attendance', code: attendance });
  });

  it('leaves what belongs to the browser alone', () => {
    expect(press('с', 'KeyC', { ctrlKey: true })).toBeNull();
    expect(press('ArrowLeft', 'ArrowLeft', { altKey: true })).toBeNull();
    expect(press('r', 'KeyR', { ctrlKey: true })).toBeNull();
  });

  it('undoes and redoes on either layout', () => {
    expect(press('я', 'KeyZ', { ctrlKey: true })).toEqual({ type: 'undo' });
    expect(press('Z', 'KeyZ', { metaKey: true, shiftKey: true })).toEqual({ type: 'redo' });
  });
});

describe('the cursor', () => {
  const size = { rows: 30, columns: 10, page: 12 };

  it('stops at the edges', () => {
    expect(move(at(0, 0), 'up', size)).toEqual(at(0, 0));
    expect(move(at(29, 9), 'right', size)).toEqual(at(29, 9));
  });

  it('selects from where Shift was pressed', () => {
    const cursor = move(move(at(3, 2), 'down', size, true), 'right', size, true);
    expect(rangeOf(cursor)).toEqual({ top: 3, bottom: 4, left: 2, right: 3 });
    expect(positionsIn(rangeOf(cursor))).toHaveLength(4);
    expect(isSingle(rangeOf(move(cursor, 'up', size)))).toBe(true);
  });

  it('jumps to ends and by pages', () => {
    expect(jump(at(5, 5), 'row-end', size)).toEqual(at(5, 9));
    expect(jump(at(5, 5), 'page-down', size)).toEqual(at(17, 5));
    expect(jump(at(5, 5), 'grid-start', size)).toEqual(at(0, 0));
    expect(goTo(at(0, 0), { row: 99, column: -4 }, size)).toEqual(at(29, 0));
  });

  it('goes through the rows by Tab, and out of the grid at its ends', () => {
    expect(advance(at(0, 9), 1, size)).toEqual(at(1, 0));
    expect(advance(at(29, 9), 1, size)).toBeNull();
    expect(advance(at(0, 0), -1, size)).toBeNull();
  });
});

describe('a second digit', () => {
  it('belongs to the cell just left for a moment', () => {
    const left = leave({ row: 4, column: 1 }, 1000);
    expect(cellForDigit(left, 1000 + SECOND_MARK_MS)).toEqual({ row: 4, column: 1 });
    expect(cellForDigit(left, 1001 + SECOND_MARK_MS)).toBeNull();
    expect(cellForDigit(null, 0)).toBeNull();
  });

  it('belongs to it however late after «/»', () => {
    expect(cellForDigit(stay(leave({ row: 4, column: 1 }, 0)), 60_000)).toEqual({ row: 4, column: 1 });
  });
});

const mark = (ref: string, value: string) => ({
  ref,
  value,
  workTypeId: null,
  comment: null,
  isLate: false,
});
const cellWith = (change: Partial<ShownCell>): ShownCell => ({ ...EMPTY_CELL, ...change });

function sheetOf(cells: Record<string, ShownCell> = {}): Sheet {
  let made = 0;
  return {
    refAt: ({ row, column }) =>
      row < 3 && column < 2 ? { lessonId: `l${column}`, studentId: `s${row}` } : null,
    cell: ({ lessonId, studentId }: CellRef) => cells[`${lessonId} ${studentId}`] ?? EMPTY_CELL,
    newRef: () => `new${(made += 1)}`,
  };
}

describe('filling', () => {
  const column = positionsIn({ top: 0, bottom: 2, left: 0, right: 0 });

  it('puts a mark into every open cell of the range', () => {
    const steps = putMark(sheetOf(), positionsIn({ top: 1, bottom: 4, left: 0, right: 0 }), '5');
    expect(steps.map(({ studentId }) => studentId)).toEqual(['s1', 's2']);
  });

  it('puts what is typed over a mark in its place, and adds one only when asked to', () => {
    const five = sheetOf({ 'l0 s0': cellWith({ marks: [mark('a', '5')] }) });
    const here = [{ row: 0, column: 0 }];
    const wishes = (steps: { wish: unknown }[]) => steps.map(({ wish }) => wish);
    expect(wishes(putMark(five, here, '4'))).toEqual([{ kind: 'correction', ref: 'a', value: '4' }]);
    expect(putMark(five, here, '5')).toEqual([]);
    expect(wishes(addMark(five, here, '4'))).toEqual([{ kind: 'mark', ref: 'new1', value: '4' }]);
    const two = sheetOf({ 'l0 s0': cellWith({ marks: [mark('a', '5'), mark('b', '3')] }) });
    expect(wishes(putMark(two, here, '4'))).toEqual([
      { kind: 'correction', ref: 'a', value: '4' },
      { kind: 'annulment', ref: 'b' },
    ]);
  });

  it('takes an absence off only when the whole range has it', () => {
    const one = { 'l0 s0': cellWith({ attendance: 'ABSENT' }) };
    expect(toggleAttendance(sheetOf(one), column, 'ABSENT')).toHaveLength(2);
    const all = Object.fromEntries([0, 1, 2].map((n) => [`l0 s${n}`, cellWith({ attendance: 'ABSENT' })]));
    expect(toggleAttendance(sheetOf(all), column, 'ABSENT').map(({ wish }) => wish)).toEqual(
      Array(3).fill({ kind: 'attendance', code: null }),
    );
  });

  it('annuls all marks of a cell and takes the absence off', () => {
    const cells = { 'l0 s0': cellWith({ attendance: 'LATE', marks: [mark('a', '5'), mark('b', '4')] }) };
    expect(clearCells(sheetOf(cells), column)).toHaveLength(3);
  });
});

describe('copying and pasting', () => {
  it('writes cells as a spreadsheet shows them, and reads them back', () => {
    const cell = cellWith({ attendance: 'LATE', marks: [mark('a', '5'), mark('b', '4')] });
    expect(textOf(cell)).toBe('О 5/4');
    expect(parseCell('О 5/4')).toEqual({ attendance: 'LATE', marks: ['5', '4'] });
    expect(
      fromTable(
        `${toTable([
          ['5', 'Н'],
          ['', '4'],
        ])}\n`,
      ),
    ).toEqual([
      ['5', 'Н'],
      ['', '4'],
    ]);
  });

  it('reads look-alike Latin letters and refuses the rest', () => {
    expect(parseCell('h')).toEqual({ attendance: 'ABSENT', marks: [] });
    expect(parseCell('зачёт')).toBeNull();
    expect(parseCell('1')).toBeNull();
    expect(parseCell('')).toEqual({ attendance: null, marks: [] });
  });

  it('changes only what differs', () => {
    const cell = cellWith({ marks: [mark('a', '5'), mark('b', '4'), mark('c', '3')] });
    expect(wishesFor(cell, { marks: ['5', '2'], attendance: null }, () => 'new')).toEqual([
      { kind: 'correction', ref: 'b', value: '2' },
      { kind: 'annulment', ref: 'c' },
    ]);
  });

  it('counts what it cannot read and what is closed', () => {
    const pasted = paste(
      sheetOf(),
      [
        ['5', 'x'],
        ['4', ''],
        ['3', '3'],
        ['2', '2'],
      ],
      { row: 1, column: 0 },
      [],
    );
    expect(pasted).toMatchObject({ unreadable: 1, closed: 4 });
    expect(pasted.steps.map(({ studentId }) => studentId)).toEqual(['s1', 's2']);
  });

  it('fills a selection with a single cell', () => {
    const selected = positionsIn({ top: 0, bottom: 2, left: 0, right: 1 });
    expect(paste(sheetOf(), [['Н']], { row: 0, column: 0 }, selected).steps).toHaveLength(6);
  });
});

describe('columns', () => {
  it('draws those in sight with some to spare, and the ones of the cursor', () => {
    const sizes = { column: 44, row: 32, columns: 90, rows: 40 };
    const sight = sightOf({ left: 900, top: 0, width: 500, height: 480 }, sizes);
    const columns = chunksToDraw(sight, 25).flatMap((chunk) => columnsOf(chunk, 90));
    expect(columns[0]).toBeLessThanOrEqual(20);
    expect(columns.at(-1)).toBeGreaterThanOrEqual(32);
    expect(columns.length).toBeLessThan(40);
    expect(sight.firstRow).toBe(0);
    expect(sight.lastRow).toBeGreaterThanOrEqual(15);
    expect(sight.lastRow).toBeLessThan(30);
    expect(chunksToDraw(sight, 89).at(-1)).toBe(14);
    expect(chunksToDraw({ firstChunk: 0, lastChunk: 1 }, 1)).toEqual([0, 1]);
    expect(columnsOf(1, 8)).toEqual([6, 7]);
  });

  it('groups by month and finds the last lesson held', () => {
    const dates = ['2026-10-30', '2026-11-09', '2026-11-11'];
    expect(monthsOf(dates)).toEqual([
      { month: '2026-10', first: 0, count: 1 },
      { month: '2026-11', first: 1, count: 2 },
    ]);
    expect(lastHeld(dates, '2026-11-10')).toBe(1);
    expect(lastHeld(dates, '2026-09-01')).toBe(0);
  });
});

describe('averages', () => {
  it('counts every mark, by weight where there is one', () => {
    const cells = [
      cellWith({ marks: [mark('a', '5'), mark('b', '4')] }),
      cellWith({ marks: [mark('c', '2')] }),
    ];
    expect(averagesOf(cells, (_, column) => (column === 1 ? 2 : 1))).toEqual({
      average: 3.67,
      weighted: 13 / 4,
    });
    expect(averagesOf([EMPTY_CELL], () => 1)).toEqual({ average: null, weighted: null });
  });
});
