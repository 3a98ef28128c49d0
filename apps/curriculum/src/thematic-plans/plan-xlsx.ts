import type { PlannedLesson } from '@parta/contracts-curriculum';
import { DomainError } from '@parta/platform-errors';
import ExcelJS from 'exceljs';
import { staysWithin } from './unpacked.js';

const HEADINGS: Record<keyof Omit<PlannedLesson, 'position'>, RegExp> = {
  topic: /^тема/i,
  section: /^раздел/i,
  homework: /^(домашнее задание|д\/з)/i,
  isControlWork: /^контрольная/i,
};
const LOOK_FOR_HEADING_IN_ROWS = 20;
const MAX_UNPACKED = 64 * 1024 * 1024;
/** A row of a plan that is not the last may be empty; a sheet may say that it has a million of them. */
const MAX_ROWS = 5000;

/**
 * Reads a thematic plan from the first sheet: the heading row is the first one with a cell «Тема …»; rows without a
 * topic are headings of sections or empty and are passed over.
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
  const sheet = workbook.worksheets[0];
  let columns: Partial<Record<keyof typeof HEADINGS, number>> = {};
  let headingRow = 0;
  for (let r = 1; sheet && r <= Math.min(sheet.rowCount, LOOK_FOR_HEADING_IN_ROWS) && !headingRow; r += 1) {
    const found: typeof columns = {};
    sheet.getRow(r).eachCell((cell, column) => {
      for (const [name, heading] of Object.entries(HEADINGS)) {
        if (heading.test(cell.text.trim())) found[name as keyof typeof HEADINGS] ??= column;
      }
    });
    if (found.topic) [columns, headingRow] = [found, r];
  }
  if (!sheet || !columns.topic) {
    throw new DomainError(
      'invalid',
      'curriculum.plan-unreadable',
      'no column «Тема» was found on the first sheet',
    );
  }
  const lessons: PlannedLesson[] = [];
  let section: string | null = null;
  for (
    let r = headingRow + 1;
    r <= Math.min(sheet.rowCount, headingRow + MAX_ROWS) && lessons.length < 1000;
    r += 1
  ) {
    const text = (column: number | undefined, max: number): string | null =>
      column ? sheet.getRow(r).getCell(column).text.trim().slice(0, max) || null : null;
    section = text(columns.section, 200) ?? section;
    const topic = text(columns.topic, 500);
    if (!topic) continue;
    lessons.push({
      position: lessons.length + 1,
      topic,
      section,
      homework: text(columns.homework, 1000),
      isControlWork: /^(да|\+|1|кр|к\/р|контрольная)/i.test(text(columns.isControlWork, 50) ?? ''),
    });
  }
  if (lessons.length === 0)
    throw new DomainError('invalid', 'curriculum.plan-empty', 'the plan has no topics');
  return lessons;
}
