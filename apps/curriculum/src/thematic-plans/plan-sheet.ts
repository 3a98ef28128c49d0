import type { PlanColumn, PlanError, PlanField, PlannedLesson } from '@parta/contracts-curriculum';
import { isStorable, normalText } from '@parta/platform-contract';
import type { CellText, Sheet, SheetRow } from '../spreadsheet/read-workbook.js';

const HEADINGS: Record<PlanField, RegExp> = {
  topic: /^(тем[аы](?![\p{L}\s]*[:\d])(?!\p{L})|(название|наименование) темы)/iu,
  section: /^(раздел|глава|модуль|(название|наименование) раздела)/iu,
  homework: /^(домашн(ее|яя)|д\.?\s?\/?\s?з\.?(?!\p{L}))/iu,
  isControlWork: /^контрольн(ая|ые|ый)/iu,
};
const FIELDS = Object.keys(HEADINGS) as PlanField[];
const LENGTHS: Record<PlanField, number> = { topic: 500, section: 200, homework: 1000, isControlWork: 50 };
const IS_CONTROL_WORK = /^(да|\+|1|v|√|✓|кр|к\/р|к\.р|контрольн|истина)/i;

const LOOK_FOR_HEADING_IN_ROWS = 30;
/** A longer cell alone in its row is the title of the document. */
const LONGEST_LONE_HEADING = 40;
const MAX_LESSONS = 1000;
/** The plan goes round as one fact; the bus takes messages of 1 MiB. */
const MAX_BYTES = 640 * 1024;
const MOST_COLUMNS = 60;
const LONGEST_SAMPLE = 300;

/** What a person says of the file where the reading of it was wrong. */
export interface PlanChoice {
  sheet?: string;
  /** from 1; 0 when the sheet has no heading */
  headingRow?: number;
  /** from 1; 0 when the sheet has no such column */
  columns?: Partial<Record<PlanField, number>>;
}

/** What a sheet says, if it were a thematic plan. Each row is a lesson, an error, or is named among those passed over. */
export interface PlanReading {
  sheet: Sheet;
  headingRow: number;
  columns: PlanColumn[];
  lessons: PlannedLesson[];
  errors: PlanError[];
  passedOver: { row: number; text: string }[];
}

type Columns = Partial<Record<PlanField, number>>;
interface Heading {
  row: number;
  columns: Columns;
}

/**
 * Reads a thematic plan from the chosen sheet, or else from the first visible one that has a heading row: one with a
 * column «Тема» and another known column, or a short «Тема» alone.
 * @returns undefined when the workbook has no sheet, or not the chosen one
 */
export function readPlan(sheets: readonly Sheet[], choice: PlanChoice): PlanReading | undefined {
  const visible = sheets.filter((one) => !one.isHidden);
  const sheet =
    choice.sheet === undefined
      ? (visible.find((one) => headingOf(one)?.columns.topic) ??
        visible.find((one) => headingOf(one)) ??
        visible.find((one) => one.rows.length > 0) ??
        visible[0])
      : sheets.find((one) => one.name === choice.sheet);
  if (!sheet) return undefined;
  const found = choice.headingRow === undefined ? headingOf(sheet) : headingAt(sheet, choice.headingRow);
  const headingRow = choice.headingRow ?? found?.row ?? 0;
  const columns: Columns = { ...found?.columns };
  for (const field of FIELDS) {
    const column = choice.columns?.[field];
    if (column !== undefined) columns[field] = column || undefined;
  }
  return {
    sheet,
    headingRow,
    columns: columnsOf(sheet, headingRow, columns),
    ...new PlanRows(columns).read(sheet.rows.filter(({ row }) => row > headingRow)),
  };
}

/** The row of a topic's heading, or else the first with two known headings: a person says which column the topics are in. */
function headingOf(sheet: Sheet): Heading | undefined {
  let without: Heading | undefined;
  for (const row of sheet.rows) {
    if (row.row > LOOK_FOR_HEADING_IN_ROWS) break;
    const columns = headingsIn(row);
    const known = Object.keys(columns).length;
    const topic = textAt(row, columns.topic) ?? '';
    if (columns.topic && (known > 1 || topic.length <= LONGEST_LONE_HEADING))
      return { row: row.row, columns };
    if (known > 1) without ??= { row: row.row, columns };
  }
  return without;
}

function headingAt(sheet: Sheet, number: number): Heading | undefined {
  const row = sheet.rows.find((one) => one.row === number);
  return row && { row: number, columns: headingsIn(row) };
}

function headingsIn(row: SheetRow): Columns {
  const columns: Columns = {};
  for (const [column, text] of row.cells)
    for (const field of FIELDS) if (HEADINGS[field].test(normalText(text ?? ''))) columns[field] ??= column;
  return columns;
}

/** The sheet's columns in order, with what their heading says and what they are read as. */
function columnsOf(sheet: Sheet, headingRow: number, columns: Columns): PlanColumn[] {
  const heading = sheet.rows.find(({ row }) => row === headingRow);
  const used = new Set(sheet.rows.flatMap(({ cells }) => cells.map(([column]) => column)));
  for (const column of Object.values(columns)) if (column) used.add(column);
  return [...used]
    .sort((a, b) => a - b)
    .slice(0, MOST_COLUMNS)
    .map((column) => ({
      column,
      heading: clipped(textAt(heading, column) ?? ''),
      field: FIELDS.find((field) => columns[field] === column) ?? null,
    }));
}

/** Goes through the rows below the heading. */
class PlanRows {
  private readonly lessons: PlannedLesson[] = [];
  private readonly errors: PlanError[] = [];
  private readonly passedOver: PlanReading['passedOver'] = [];
  private section: string | null = null;
  private bytes = 0;

  constructor(private readonly columns: Columns) {}

  read(rows: readonly SheetRow[]): Pick<PlanReading, 'lessons' | 'errors' | 'passedOver'> {
    if (this.columns.topic) for (const row of rows) this.take(row);
    else this.errors.push({ row: null, field: 'topic', code: 'curriculum.plan-no-topic-column', text: null });
    if (this.bytes > MAX_BYTES)
      this.errors.push({ row: null, field: null, code: 'curriculum.plan-too-large', text: null });
    if (this.columns.topic && this.lessons.length === 0 && this.errors.length === 0)
      this.errors.push({ row: null, field: 'topic', code: 'curriculum.plan-empty', text: null });
    return { lessons: this.lessons, errors: this.errors, passedOver: this.passedOver };
  }

  private take(row: SheetRow): void {
    const before = this.errors.length;
    const section = this.text(row, 'section');
    const topic = this.text(row, 'topic');
    const homework = this.text(row, 'homework');
    const control = this.text(row, 'isControlWork');
    if (this.errors.length > before) return;
    if (section) this.section = section;
    if (!topic) return this.passOver(row);
    if (this.lessons.length === MAX_LESSONS)
      return this.refuse(row, 'topic', 'curriculum.plan-too-many-lessons', topic);
    const lesson = {
      position: this.lessons.length + 1,
      topic,
      section: this.section,
      homework,
      isControlWork: IS_CONTROL_WORK.test(control ?? ''),
    };
    this.bytes += Buffer.byteLength(JSON.stringify(lesson));
    this.lessons.push(lesson);
  }

  /** A row without a topic: the heading of a section where one text stands alone, a total, a note, or nothing. */
  private passOver(row: SheetRow): void {
    const texts = row.cells.map(([, text]) => normalText(text ?? '')).filter(Boolean);
    if (texts.length === 0) return;
    const [only] = texts;
    if (!this.columns.section && texts.length === 1 && only!.length <= LENGTHS.section) this.section = only!;
    this.passedOver.push({ row: row.row, text: clipped(texts.join(' · '))! });
  }

  private text(row: SheetRow, field: PlanField): string | null {
    const found = cellAt(row, this.columns[field]);
    if (found === undefined) return null;
    if (found === null || !isStorable(found)) {
      this.refuse(row, field, 'curriculum.plan-cell-unreadable', rowText(row));
      return null;
    }
    const text = normalText(found);
    if (text.length <= LENGTHS[field]) return text || null;
    this.refuse(row, field, 'curriculum.plan-text-too-long', text);
    return null;
  }

  private refuse(row: SheetRow, field: PlanField, code: string, text: string): void {
    this.errors.push({ row: row.row, field, code, text: clipped(text) });
  }
}

const cellAt = (row: SheetRow, column: number | undefined): CellText | undefined =>
  column ? row.cells.find(([at]) => at === column)?.[1] : undefined;

const textAt = (row: SheetRow | undefined, column: number | undefined): string | undefined => {
  const text = row && cellAt(row, column);
  return text ? normalText(text) : undefined;
};

const rowText = (row: SheetRow): string =>
  row.cells
    .map(([, text]) => (text && isStorable(text) ? normalText(text) : ''))
    .filter(Boolean)
    .join(' · ');

/** No more than a screen can show, and no half of a sign at its end. */
const clipped = (text: string): string | null =>
  text.slice(0, LONGEST_SAMPLE).replace(/[\ud800-\udbff]$/, '') || null;
