import type { AttendanceCode, MarkValue, ShownCell, Wish } from '../entries/types';

/** Letters of the paper journal; they are the same in every language of the interface. */
export const LETTERS: Record<AttendanceCode, string> = {
  ABSENT: 'Н',
  ILL: 'Б',
  EXCUSED: 'У',
  LATE: 'О',
};

/** Latin letters that look the same: a spreadsheet may hold either. */
const LATIN: Record<string, AttendanceCode> = { H: 'ABSENT', Y: 'EXCUSED', O: 'LATE' };
const BY_LETTER = new Map<string, AttendanceCode>([
  ...(Object.entries(LETTERS) as [AttendanceCode, string][]).map(([code, letter]) => [letter, code] as const),
  ...Object.entries(LATIN),
]);

/** Late is there after all. */
export const isAway = (code: AttendanceCode | null): boolean => code !== null && code !== 'LATE';

export interface CellText {
  marks: MarkValue[];
  attendance: AttendanceCode | null;
}

export const textOf = ({ attendance, marks }: ShownCell): string =>
  [attendance && LETTERS[attendance], marks.map(({ value }) => value).join('/')].filter(Boolean).join(' ');

/** «5», «5/4», «Н», «О 5». @returns null for what is neither a mark nor an absence */
export function parseCell(text: string): CellText | null {
  const parsed: CellText = { marks: [], attendance: null };
  for (const part of text
    .trim()
    .toUpperCase()
    .split(/[\s/,;]+/)) {
    if (part === '') continue;
    const code = BY_LETTER.get(part);
    if (code) parsed.attendance = code;
    else if (/^[2-5]$/.test(part)) parsed.marks.push(part as MarkValue);
    else return null;
  }
  return parsed;
}

/** What makes the cell hold what was pasted. An absence that is not in the text is left alone. */
export function wishesFor(cell: ShownCell, { marks, attendance }: CellText, newRef: () => string): Wish[] {
  const wishes: Wish[] = [];
  if (attendance && attendance !== cell.attendance) wishes.push({ kind: 'attendance', code: attendance });
  if (marks.length === 0) return wishes;
  marks.forEach((value, index) => {
    const mark = cell.marks[index];
    if (!mark) wishes.push({ kind: 'mark', ref: newRef(), value });
    else if (mark.value !== value) wishes.push({ kind: 'correction', ref: mark.ref, value });
  });
  for (const { ref } of cell.marks.slice(marks.length)) wishes.push({ kind: 'annulment', ref });
  return wishes;
}

export const toTable = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.join('\t')).join('\n');

/** A table as spreadsheets put it on the clipboard: lines and tabs, with a line break at the end or without. */
export const fromTable = (text: string): string[][] =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t').map((cell) => cell.replace(/^"(.*)"$/, '$1').trim()));
