import { signedName, type NameFields } from '@parta/domain-marks/names';
import ExcelJS, { type Alignment, type Borders, type Cell, type Worksheet } from 'exceljs';

const FONT = 'Times New Roman';
const LONGEST = 32_000;

/** Characters with which a typed value would begin a formula. */
const BEGINS_FORMULA = /^[=+\-@\t\r]/;

export const THIN: Partial<Borders> = {
  top: { style: 'thin' },
  left: { style: 'thin' },
  bottom: { style: 'thin' },
  right: { style: 'thin' },
};

export interface Look {
  size?: number;
  bold?: boolean;
  align?: Alignment['horizontal'];
  vertical?: Alignment['vertical'];
  wrap?: boolean;
  turned?: boolean;
  border?: boolean;
  shade?: boolean;
  format?: string;
}

/** A new workbook that says who made it. */
export function newWorkbook(title: string, now: Date): ExcelJS.Workbook {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'Парта';
  workbook.title = title;
  workbook.created = now;
  workbook.modified = now;
  return workbook;
}

/**
 * Writes a value into a cell. A text is always a text: it is never given as a formula, and one that looks like a formula
 * gets the text format, so that it stays one when somebody edits the cell.
 */
export function put(cell: Cell, value: string | number | null, look: Look = {}): void {
  cell.value = typeof value === 'string' ? cleanText(value) : value;
  cell.font = { name: FONT, size: look.size ?? 10, bold: look.bold ?? false };
  cell.alignment = {
    horizontal: look.align ?? (look.border ? 'center' : 'left'),
    vertical: look.vertical ?? 'middle',
    wrapText: look.wrap ?? false,
    ...(look.turned && { textRotation: 90 }),
  };
  if (look.border) cell.border = THIN;
  if (look.shade) cell.fill = { type: 'pattern', pattern: 'lightUp', fgColor: { argb: 'FFB0B0B0' } };
  if (look.format) cell.numFmt = look.format;
  else if (typeof value === 'string' && BEGINS_FORMULA.test(value)) cell.numFmt = '@';
}

/** Without characters that XML does not know, and not longer than a cell may be. */
function cleanText(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').slice(0, LONGEST);
}

export interface Paper {
  orientation: 'portrait' | 'landscape';
  /** rows repeated on every printed page */
  titleRows?: string;
  titleColumns?: string;
  /** the lower left corner of every page */
  footer: string;
}

/** A4, as wide as the sheet is, with page numbers. */
export function setUpPaper(
  sheet: Worksheet,
  area: string,
  { orientation, titleRows, titleColumns, footer }: Paper,
): void {
  sheet.pageSetup = {
    paperSize: 9,
    orientation,
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    margins: { left: 0.4, right: 0.25, top: 0.4, bottom: 0.6, header: 0.2, footer: 0.25 },
    printArea: area,
    ...(titleRows && { printTitlesRow: titleRows }),
    ...(titleColumns && { printTitlesColumn: titleColumns }),
  };
  // In headers and footers an ampersand begins a code.
  sheet.headerFooter.oddFooter = `&L&8${footer.replaceAll('&', '&&')}&R&8Стр. &P из &N`;
}

/** Lines that a text takes in a column of that width, words kept whole. */
export function linesOf(text: string | null, width: number): number {
  let lines = 0;
  for (const paragraph of (text ?? '').split('\n')) {
    let used = 0;
    lines += 1;
    for (const word of paragraph.split(' ')) {
      if (used > 0 && used + 1 + word.length > width) {
        lines += 1;
        used = 0;
      }
      used += (used > 0 ? 1 : 0) + word.length;
      while (used > width) {
        lines += 1;
        used -= width;
      }
    }
  }
  return lines;
}

/** A line to be signed: «Учитель ______________ /Иванова А. П./». */
export const signature = (who: string, name: NameFields | null): string =>
  `${who} ____________________ /${name ? signedName(name) : '____________________'}/`;
