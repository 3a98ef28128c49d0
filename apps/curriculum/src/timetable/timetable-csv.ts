import type { TimetableError } from '@parta/contracts-curriculum';
import { isStorable, normalName } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import { CsvError, parse } from 'csv-parse/sync';

/** A row of the timetable as the sender wrote it. */
export interface TimetableRow {
  /** as a spreadsheet shows it: the header is 1 */
  row: number;
  schoolSourcedId: string;
  classSourcedId: string;
  weekday: number;
  lessonNumber: number;
  room: string | null;
}

const HEADER = ['schoolSourcedId', 'classSourcedId', 'weekday', 'lessonNumber', 'room'];

/**
 * Reads a timetable.
 * @throws DomainError `curriculum.timetable-unreadable` when it is no UTF-8 CSV with the header expected
 */
export function readTimetable(content: Buffer): { rows: TimetableRow[]; errors: TimetableError[] } {
  const unreadable = (message: string) =>
    new DomainError('invalid', 'curriculum.timetable-unreadable', message, {
      details: { header: HEADER.join(',') },
    });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw unreadable('the file is not UTF-8');
  }
  let records: { record: string[]; info: { lines: number } }[];
  try {
    // `info` keeps the line in the file, which blank lines shift against the record's number.
    records = parse(text, { relax_column_count: true, skip_empty_lines: true, info: true }) as never;
  } catch (error) {
    throw unreadable(error instanceof CsvError ? error.message : String(error));
  }
  if (records[0]?.record.join(',') !== HEADER.join(','))
    throw unreadable(`the header has to be ${HEADER.join(',')}`);

  const rows: TimetableRow[] = [];
  const errors: TimetableError[] = [];
  records.slice(1).forEach(({ record: cells, info }) => {
    if (cells.every((cell) => cell.trim() === '')) return;
    const row = info.lines;
    const bad = (field: string | null, code: string, message: string) =>
      errors.push({ row, field, code: `curriculum.${code}`, message });
    if (cells.length !== HEADER.length) {
      bad(null, 'row-width-mismatch', `В строке ${cells.length} полей вместо ${HEADER.length}`);
      return;
    }
    const [schoolSourcedId, classSourcedId, weekday, lessonNumber, room] = cells as [
      string,
      string,
      string,
      string,
      string,
    ];
    const foreign = cells.findIndex((cell) => !isStorable(cell));
    if (foreign >= 0) {
      bad(
        HEADER[foreign]!,
        'invalid-text',
        `В поле «${HEADER[foreign]!}» знак, который нельзя хранить (U+0000)`,
      );
      return;
    }
    if (!/^[1-7]$/.test(weekday))
      bad('weekday', 'invalid-weekday', `День недели «${weekday}»: нужно число от 1 (понедельник) до 7`);
    if (!/^(\d|1[0-5])$/.test(lessonNumber))
      bad('lessonNumber', 'invalid-lesson-number', `Номер урока «${lessonNumber}»: нужно число от 0 до 15`);
    if (room.length > 100) bad('room', 'invalid-room', 'Название кабинета длиннее 100 знаков');
    rows.push({
      row,
      schoolSourcedId,
      classSourcedId,
      weekday: Number(weekday),
      lessonNumber: Number(lessonNumber),
      room: normalName(room) || null,
    });
  });
  return { rows, errors };
}
