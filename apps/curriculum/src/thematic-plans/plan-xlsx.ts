import type { PlannedLesson } from '@parta/contracts-curriculum';
import { DomainError } from '@parta/platform-errors';
import ExcelJS from 'exceljs';
import { staysWithin } from './unpacked.js';

const HEADINGS: Record<keyof Omit<PlannedLesson, 'position'>, RegExp> = {
  topic: /^тем[аы](?![\p{L}\s]*[:\d])(?!\p{L})/iu,
  section: /^раздел/i,
  homework: /^(домашнее задание|д\/з)/i,
  isControlWork: /^контрольная/i,
};
const LOOK_FOR_HEADING_IN_ROWS = 20;
const MAX_UNPACKED = 64 * 1024 * 1024;
const MAX_LESSONS = 1000;
/** A longer cell alone in its row is the title of the document. */
const LONGEST_LONE_HEADING = 40;

/**
 * Reads a thematic plan from the first visible sheet that has a heading row: one with a column «Тема» and another known
 * column, or a short «Тема» alone. Rows without a topic are headings of sections or empty and are passed over. A row that
 * cannot be kept as it is refuses the whole plan: `details.row` names it.
 * @throws DomainError `curriculum.plan-unreadable`, `curriculum.plan-empty`
 */
export async function readThematicPlan(content: Buffer): Promise<PlannedLesson[]> {
  const workbook = new ExcelJS.Workbook();
  try {
    await staysWithin(content, MAX_UNPACKED);
    await workbook.xlsx.load(content as never);
  } catch (error) {
    throw new DomainError('invalid', 'curriculum.plan-unreadable', 'the file is no XLSX spreadsheet', {
      cause: error,
    });
  }
  for (const sheet of workbook.worksheets) {
    const heading = sheet.state === 'visible' && headingOf(sheet);
    if (heading) return lessonsOf(sheet, heading);
  }
  throw new DomainError(
    'invalid',
    'curriculum.plan-unreadable',
    'no column «Тема» was found on a visible sheet',
  );
}

interface Heading {
  row: number;
  columns: Partial<Record<keyof typeof HEADINGS, number>>;
}

function headingOf(sheet: ExcelJS.Worksheet): Heading | undefined {
  for (let row = 1; row <= Math.min(sheet.rowCount, LOOK_FOR_HEADING_IN_ROWS); row += 1) {
    const columns: Heading['columns'] = {};
    let topic = '';
    sheet.getRow(row).eachCell((cell, column) => {
      const text = textOf(cell) ?? '';
      for (const [name, heading] of Object.entries(HEADINGS)) {
        if (!heading.test(text)) continue;
        columns[name as keyof typeof HEADINGS] ??= column;
        if (name === 'topic') topic ||= text;
      }
    });
    const known = Object.keys(columns).length;
    if (columns.topic && (known > 1 || topic.length <= LONGEST_LONE_HEADING)) return { row, columns };
  }
  return undefined;
}

function lessonsOf(sheet: ExcelJS.Worksheet, { row: headingRow, columns }: Heading): PlannedLesson[] {
  const lessons: PlannedLesson[] = [];
  let section: string | null = null;
  sheet.eachRow((row, r) => {
    if (r <= headingRow) return;
    const text = (column: number | undefined, max: number): string | null => {
      if (!column) return null;
      const found = textOf(row.getCell(column));
      if (found === undefined) throw refused(r, 'a cell has an error or a formula without its value');
      if (found.length > max) throw refused(r, `a text is longer than ${max} characters`);
      return found || null;
    };
    section = text(columns.section, 200) ?? section;
    const topic = text(columns.topic, 500);
    if (!topic) return;
    if (lessons.length === MAX_LESSONS) throw refused(r, `a plan has no more than ${MAX_LESSONS} lessons`);
    lessons.push({
      position: lessons.length + 1,
      topic,
      section,
      homework: text(columns.homework, 1000),
      isControlWork: /^(да|\+|1|кр|к\/р|контрольная|истина)/i.test(text(columns.isControlWork, 50) ?? ''),
    });
  });
  if (lessons.length === 0)
    throw new DomainError('invalid', 'curriculum.plan-empty', 'the plan has no topics');
  return lessons;
}

const refused = (row: number, why: string) =>
  new DomainError('invalid', 'curriculum.plan-unreadable', `row ${row}: ${why}`, { details: { row } });

/** The cell as a person sees it; undefined when the file does not say what that is. */
function textOf(cell: ExcelJS.Cell): string | undefined {
  return textOfValue(cell.value)
    ?.replaceAll(/(?:_x000D_|\r)\n?/gi, '\n')
    .trim();
}

/** ExcelJS declares less than it returns: the text of a link may be rich text. */
function textOfValue(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    const [year, month, day] = value.toISOString().slice(0, 10).split('-');
    return `${day}.${month}.${year}`;
  }
  if (typeof value === 'boolean') return value ? 'ИСТИНА' : 'ЛОЖЬ';
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return (value.richText as { text: string }[]).map((part) => part.text).join('');
  if ('hyperlink' in value && 'text' in value) return textOfValue(value.text);
  if ('formula' in value || 'sharedFormula' in value) {
    const { result } = value as { result?: unknown };
    return result === undefined || result === null ? undefined : textOfValue(result);
  }
  return undefined;
}
