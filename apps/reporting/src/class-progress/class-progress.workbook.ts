import type { Worksheet } from 'exceljs';
import { averageOf, meanOf, shownAverage, weightedAverageOf } from '@parta/domain-marks';
import { membershipNote } from '../class-journal/membership.js';
import { newWorkbook, put, setUpPaper, type Look } from '../workbook/sheet.js';
import { spanInFull, spanText, type NamedSpan } from '../workbook/span.js';
import type { ClassProgress, ProgressPupil } from './class-progress.query.js';
import { addConclusion } from './conclusion.js';
import { expectedIn, ratesOf } from './rates.js';

const FIRST_SUBJECT = 3;
const HEAD = 3;
const FIRST_PUPIL = HEAD + 2;
const ENDING = ['5', '4', '3', '2', 'всего', 'по бо-лезни', 'по уваж. пр.'] as const;
const CELL: Look = { border: true };
const VALUE: Look = { border: true, format: '0.00', size: 10 };
const SHARE: Look = { border: true, format: '0%', bold: true };

/** Progress and attendance of a class (R176, R183): pupils by subjects, shares by subject, and who does how. */
export async function classProgressWorkbook(
  report: ClassProgress,
  span: NamedSpan,
  now: Date,
): Promise<Buffer> {
  const workbook = newWorkbook(`Успеваемость ${report.title}, ${spanText(span)}`, now);
  const sheet = workbook.addWorksheet('Успеваемость', {
    views: [{ state: 'frozen', xSplit: 2, ySplit: FIRST_PUPIL - 1 }],
  });
  const subjects = [
    ...new Set(report.pupils.flatMap((pupil) => pupil.subjects.map(({ title }) => title))),
  ].sort(new Intl.Collator('ru').compare);
  const end = FIRST_SUBJECT + subjects.length * 2;
  const lastColumn = end + ENDING.length - 1;
  addHeading(sheet, report, span, subjects, lastColumn);
  addPupils(sheet, report, span, subjects, end);
  const afterShares = addShares(sheet, report, subjects, FIRST_PUPIL + report.pupils.length);
  const last = addConclusion(sheet, report, afterShares + 1, lastColumn);
  setUpPaper(sheet, `A$1:${sheet.getColumn(lastColumn).letter}$${last}`, {
    orientation: 'landscape',
    titleRows: `${HEAD}:${FIRST_PUPIL - 1}`,
    titleColumns: 'A:B',
    footer: `${report.schoolName} · ${report.title}`,
  });
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function addHeading(
  sheet: Worksheet,
  report: ClassProgress,
  span: NamedSpan,
  subjects: readonly string[],
  lastColumn: number,
): void {
  sheet.mergeCells(1, 1, 1, lastColumn);
  put(sheet.getCell(1, 1), `${report.schoolName}${report.yearTitle ? `, ${report.yearTitle}` : ''}`, {
    size: 11,
  });
  sheet.mergeCells(2, 1, 2, lastColumn);
  put(sheet.getCell(2, 1), `Отчёт об успеваемости и посещаемости: ${report.title}, ${spanInFull(span)}`, {
    size: 13,
    bold: true,
  });
  sheet.getRow(2).height = 24;
  const head = (column: number, width: number, text: string, turned: boolean): void => {
    sheet.mergeCells(HEAD, column, HEAD, column + width - 1);
    put(sheet.getCell(HEAD, column), text, { border: true, bold: true, wrap: true, turned });
  };
  for (const [column, text, width] of [
    [1, '№\nп/п', 4],
    [2, 'Фамилия, имя', 24],
  ] as const) {
    sheet.mergeCells(HEAD, column, HEAD + 1, column);
    put(sheet.getCell(HEAD, column), text, { border: true, bold: true, wrap: true });
    sheet.getColumn(column).width = width;
  }
  subjects.forEach((title, i) => {
    const column = FIRST_SUBJECT + i * 2;
    head(column, 2, title, true);
    put(sheet.getCell(HEAD + 1, column), 'ср.', { border: true, size: 8 });
    put(sheet.getCell(HEAD + 1, column + 1), 'взв.', { border: true, size: 8 });
    sheet.getColumn(column).width = 4.3;
    sheet.getColumn(column + 1).width = 4.3;
  });
  const end = FIRST_SUBJECT + subjects.length * 2;
  head(end, 4, 'Отметок за период', false);
  head(end + 4, 3, 'Пропущено уроков', false);
  ENDING.forEach((text, i) => {
    sheet.getColumn(end + i).width = i < 4 ? 3.4 : 6.2;
    put(sheet.getCell(HEAD + 1, end + i), text, { border: true, size: 8, wrap: true });
  });
  sheet.getRow(HEAD).height = 110;
  sheet.getRow(HEAD + 1).height = 34;
}

function addPupils(
  sheet: Worksheet,
  report: ClassProgress,
  span: NamedSpan,
  subjects: readonly string[],
  end: number,
): void {
  report.pupils.forEach((pupil, i) => {
    const row = sheet.getRow(FIRST_PUPIL + i);
    const note = membershipNote(pupil.spells, span.from, span.to);
    put(row.getCell(1), i + 1, CELL);
    put(row.getCell(2), `${pupil.familyName} ${pupil.givenName}${note && `\n(${note})`}`, {
      border: true,
      align: 'left',
      wrap: true,
    });
    row.height = note ? 15 + 13 * note.split(', ').length : 15;
    const results = new Map(pupil.subjects.map((subject) => [subject.title, subject]));
    subjects.forEach((title, at) => {
      const result = results.get(title);
      const column = FIRST_SUBJECT + at * 2;
      put(row.getCell(column), result ? shownAverage(averageOf(result.totals)) : null, {
        ...VALUE,
        shade: !result,
      });
      put(row.getCell(column + 1), result ? shownAverage(weightedAverageOf(result.totals)) : null, {
        ...VALUE,
        bold: true,
        shade: !result,
      });
    });
    const { marks, absences } = pupil;
    [
      marks['5'],
      marks['4'],
      marks['3'],
      marks['2'],
      absences.total,
      absences.illness,
      absences.excused,
    ].forEach((count, at) => put(row.getCell(end + at), count, CELL));
  });
}

/** Averages and shares under each subject; those who left count no more. */
function addShares(
  sheet: Worksheet,
  report: ClassProgress,
  subjects: readonly string[],
  firstRow: number,
): number {
  const active = report.pupils.filter((pupil) => pupil.isActive);
  const rows = ['Средний балл, всего', 'Качество знаний', 'Успеваемость'];
  rows.forEach((name, i) => {
    const row = firstRow + i;
    sheet.mergeCells(row, 1, row, 2);
    put(sheet.getCell(row, 1), name, { border: true, bold: true, align: 'right' });
    sheet.getRow(row).height = 16;
  });
  subjects.forEach((title, at) => {
    const column = FIRST_SUBJECT + at * 2;
    const results = active.flatMap((pupil) => pupil.subjects.filter((subject) => subject.title === title));
    const { qualityRate, passRate } = ratesOf(results.map(expectedIn));
    [averageOf, weightedAverageOf].forEach((average, i) => {
      const mean = shownAverage(meanOf(results.map(({ totals }) => average(totals))));
      put(sheet.getCell(firstRow, column + i), mean, { ...SHARE, format: '0.00' });
    });
    const hasMarks = report.gradeLevel !== 1;
    [qualityRate, passRate].forEach((share, i) => {
      sheet.mergeCells(firstRow + 1 + i, column, firstRow + 1 + i, column + 1);
      put(sheet.getCell(firstRow + 1 + i, column), hasMarks ? share : null, SHARE);
    });
  });
  const end = FIRST_SUBJECT + subjects.length * 2;
  ENDING.forEach((_, at) => {
    const sum = active.reduce((total, pupil) => total + countsOf(pupil)[at]!, 0);
    put(sheet.getCell(firstRow, end + at), sum, { border: true, bold: true, size: 9 });
  });
  return firstRow + rows.length;
}

/** The numbers at the end of a row, in the order of their headings. */
const countsOf = ({ marks, absences }: ProgressPupil): number[] => [
  marks['5'],
  marks['4'],
  marks['3'],
  marks['2'],
  absences.total,
  absences.illness,
  absences.excused,
];
