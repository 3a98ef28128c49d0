import { describe, expect, it } from '@jest/globals';
import type { JournalEntry } from '@parta/contracts-journal';
import { Conflict, InvalidInput } from '@parta/platform-errors';
import { v7 as uuidv7 } from 'uuid';
import { Cell } from './cell.js';
import { LessonSheet, type SheetSurroundings } from './lesson-sheet.js';
import { Mark } from './mark.js';

const NOW = new Date('2026-09-10T09:30:00Z');
const LESSON = uuidv7();
const [anna, boris] = [uuidv7(), uuidv7()];
const answer = { id: uuidv7(), title: 'Ответ на уроке', weight: 1, isWritten: false };
const test = { id: uuidv7(), title: 'Контрольная работа', weight: 1.5, isWritten: true };

function sheetOf(marks: Mark[] = [], around: Partial<SheetSurroundings> = {}): LessonSheet {
  const cells = new Map([anna, boris].map((id) => [id, Cell.empty(LESSON, id)]));
  for (const mark of marks) cells.get(mark.studentId)!.version = 1;
  return new LessonSheet(cells, marks, {
    now: NOW,
    workTypes: new Map([answer, test].map((one) => [one.id, one])),
    usualWorkTypeId: answer.id,
    isLate: () => false,
    firstYear: new Set(),
    ...around,
  });
}

const markOf = (studentId: string, value: string): Mark =>
  Mark.put({
    lessonId: LESSON,
    studentId,
    value,
    workTypeId: answer.id,
    comment: null,
    isLate: false,
    recordedAt: new Date('2026-09-10T08:00:00Z'),
  });

const entry = (given: Partial<JournalEntry>): JournalEntry =>
  ({ kind: 'mark', studentId: anna, cellVersion: 0, ...given }) as JournalEntry;

describe('marks', () => {
  it('count as the lesson’s kind of work unless the teacher says another', () => {
    const sheet = sheetOf();
    sheet.apply([
      entry({ value: '5' }),
      entry({ studentId: boris, value: '4', workTypeId: test.id, comment: 'Без одной задачи' }),
    ]);
    expect(sheet.changedMarks).toMatchObject([
      { studentId: anna, value: '5', numericValue: 5, workTypeId: answer.id, comment: null, version: 1 },
      { studentId: boris, value: '4', workTypeId: test.id, comment: 'Без одной задачи' },
    ]);
  });

  it('several of one pupil at one lesson stand side by side, and the cell changes once', () => {
    const sheet = sheetOf();
    sheet.apply([entry({ value: '5' }), entry({ value: '3' })]);
    expect(sheet.view()[0]).toMatchObject({ version: 1, marks: [{ value: '5' }, { value: '3' }] });
  });

  it('without a figure have no value that averages use', () => {
    const sheet = sheetOf();
    sheet.apply([entry({ value: 'зач' })]);
    expect(sheet.changedMarks[0]!.numericValue).toBeNull();
  });

  it('are late by the deadline of their kind of work (R112)', () => {
    const sheet = sheetOf([], { isLate: (isWrittenWork) => !isWrittenWork });
    sheet.apply([entry({ value: '5' }), entry({ studentId: boris, value: '5', workTypeId: test.id })]);
    expect(sheet.changedMarks.map((mark) => mark.isLate)).toEqual([true, false]);
  });

  it('are not given in year 1', () => {
    const sheet = sheetOf([], { firstYear: new Set([anna]) });
    const refused = { code: 'journal.no-marks-in-first-year', details: { studentIds: [anna] } };
    const ofBoris = entry({ studentId: boris, value: '4' });
    expect(() => sheet.apply([ofBoris, entry({ value: '5' })])).toThrow(expect.objectContaining(refused));
    expect(sheet.changedMarks).toEqual([]);
  });

  it('are given to the others of a combined class', () => {
    const sheet = sheetOf([], { firstYear: new Set([anna]) });
    sheet.apply([entry({ studentId: boris, value: '4' }), entry({ kind: 'attendance', code: 'ABSENT' })]);
    expect(sheet.changedMarks.map((mark) => mark.studentId)).toEqual([boris]);
  });

  it('of a kind of work that the school does not have are refused', () => {
    expect(() => sheetOf().apply([entry({ value: '5', workTypeId: uuidv7() })])).toThrow(
      expect.objectContaining({ code: 'journal.work-type-unknown' }),
    );
  });
});

describe('a cell', () => {
  const code = (run: () => void) => {
    try {
      run();
    } catch (error) {
      return (error as { code: string }).code;
    }
    return null;
  };
  const many = (count: number) => Array.from({ length: count }, () => markOf(anna, '5'));
  const next = entry({ value: '5', cellVersion: 1 });

  it('takes ten marks and no eleventh, in one command or in several', () => {
    expect(code(() => sheetOf(many(9)).apply([next]))).toBeNull();
    expect(code(() => sheetOf(many(9)).apply([next, next]))).toBe('journal.too-many-marks');
    expect(code(() => sheetOf(many(10)).apply([next]))).toBe('journal.too-many-marks');
  });

  it('has room again when a mark is annulled, but not for ever', () => {
    const annulled = (count: number) => {
      const marks = many(count);
      for (const mark of marks) mark.annul(NOW);
      return marks;
    };
    expect(code(() => sheetOf([...many(9), ...annulled(1)]).apply([next]))).toBeNull();
    expect(code(() => sheetOf(annulled(50)).apply([next]))).toBe('journal.too-many-marks');
  });
});

describe('a correction', () => {
  it('keeps what was before, and why', () => {
    const mark = markOf(anna, '3');
    const sheet = sheetOf([mark]);
    sheet.apply([
      entry({ kind: 'correction', cellVersion: 1, markId: mark.id, value: '4', reason: 'Ошибка при вводе' }),
    ]);
    expect(sheet.changes).toMatchObject([
      { subject: 'mark', studentId: anna, before: '3', after: '4', reason: 'Ошибка при вводе' },
    ]);
    expect(mark).toMatchObject({ value: '4', numericValue: 4, version: 2 });
  });

  it('leaves the comment alone unless it is about the comment', () => {
    const mark = markOf(anna, '3');
    mark.comment = 'Устно';
    sheetOf([mark]).apply([entry({ kind: 'correction', cellVersion: 1, markId: mark.id, value: '4' })]);
    expect(mark.comment).toBe('Устно');
    sheetOf([mark]).apply([entry({ kind: 'correction', cellVersion: 1, markId: mark.id, comment: null })]);
    expect(mark.comment).toBeNull();
  });

  it('of another pupil’s mark, or of an annulled one, finds none', () => {
    const mark = markOf(anna, '3');
    const correct = (given: Partial<JournalEntry>) => () =>
      sheetOf([mark]).apply([
        entry({ kind: 'correction', cellVersion: 1, markId: mark.id, value: '5', ...given }),
      ]);
    expect(correct({ studentId: boris, cellVersion: 0 })).toThrow(
      expect.objectContaining({ code: 'journal.mark-not-found' }),
    );
    mark.annul(NOW);
    expect(correct({})).toThrow(expect.objectContaining({ code: 'journal.mark-not-found' }));
  });
});

it('an annulled mark stays as what it was, and is seen no more', () => {
  const mark = markOf(anna, '2');
  const sheet = sheetOf([mark]);
  sheet.apply([entry({ kind: 'annulment', cellVersion: 1, markId: mark.id })]);
  expect(sheet.changedMarks).toEqual([mark]);
  expect(mark).toMatchObject({ value: '2', annulledAt: NOW.toISOString() });
  expect(sheet.view()[0]!.marks).toEqual([]);
  expect(sheet.changes).toMatchObject([{ before: '2', after: null }]);
});

describe('attendance', () => {
  it('of one who came after all loses minutes and reason', () => {
    const sheet = sheetOf();
    sheet.apply([
      entry({ kind: 'attendance', code: 'LATE', minutesLate: 10 }),
      entry({ kind: 'attendance', code: null }),
    ]);
    expect(sheet.view()[0]).toMatchObject({ attendance: null, minutesLate: null });
    expect(sheet.changes.map(({ before, after }) => [before, after])).toEqual([
      [null, 'LATE'],
      ['LATE', null],
    ]);
  });

  it('has minutes for the late only', () => {
    const sheet = sheetOf();
    sheet.apply([entry({ kind: 'attendance', code: 'ILL', minutesLate: 10 })]);
    expect(sheet.view()[0]).toMatchObject({ attendance: 'ILL', minutesLate: null });
  });
});

describe('all entries or none', () => {
  it('names every stale cell as it is now, and changes nothing', () => {
    const mark = markOf(anna, '3');
    const sheet = sheetOf([mark]);
    try {
      sheet.apply([entry({ studentId: boris, value: '5' }), entry({ value: '5', cellVersion: 0 })]);
      throw new Error('was accepted');
    } catch (error) {
      expect(error).toBeInstanceOf(Conflict);
      expect(error).toMatchObject({
        code: 'journal.cell-stale',
        details: { cells: [{ studentId: anna, version: 1, marks: [{ value: '3' }] }] },
      });
    }
    expect(sheet.changedCells).toEqual([]);
    expect(sheet.changedMarks).toEqual([]);
  });

  it.each([
    ['mark', {}, 'entries[0].value'],
    ['correction', { value: '5' }, 'entries[0].markId'],
    ['annulment', {}, 'entries[0].markId'],
    ['attendance', {}, 'entries[0].code'],
  ] as const)('a %s that lacks what it needs names the field', (kind, given, field) => {
    try {
      sheetOf().apply([entry({ kind, ...given })]);
      throw new Error('was accepted');
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInput);
      expect((error as InvalidInput).fields).toMatchObject([{ field, code: 'required' }]);
    }
  });
});
