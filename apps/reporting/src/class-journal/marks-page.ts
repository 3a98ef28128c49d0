import type { Workbook, Worksheet } from 'exceljs';
import { inFull } from '../workbook/heading.query.js';
import { put, setUpPaper, signature } from '../workbook/sheet.js';
import { spanText, type NamedSpan } from '../workbook/span.js';
import { cellText } from './cell-text.js';
import type { ClassJournal } from './class-journal.query.js';
import { belongsOn, membershipNote } from './membership.js';
import { footerOf, type Opening } from './opening.js';
import { monthsOf } from './spreads.js';

const MONTHS = [
  'январь',
  'февраль',
  'март',
  'апрель',
  'май',
  'июнь',
  'июль',
  'август',
  'сентябрь',
  'октябрь',
  'ноябрь',
  'декабрь',
];
const FIRST_LESSON = 3;
const FIRST_PUPIL = 4;

/** The left page: pupils, the days of the lessons by month, marks and absences; at the end the averages. */
export function addMarksPage(
  workbook: Workbook,
  journal: ClassJournal,
  span: NamedSpan,
  opening: Opening,
): void {
  const { lessons, isLast } = opening;
  const sheet = workbook.addWorksheet(`Отметки ${opening.number}`, {
    views: [{ state: 'frozen', xSplit: 2, ySplit: FIRST_PUPIL - 1 }],
  });
  const summary = isLast ? ['Средний балл', 'Средне-взвеш.', span.periodTitle ?? 'Итог'] : [];
  const lastColumn = FIRST_LESSON - 1 + lessons.length + summary.length;
  heading(sheet, journal, opening, summary, lastColumn);

  const entries = new Map(
    journal.entries.map((entry) => [
      `${entry.lessonId} ${entry.studentId}`,
      cellText(entry.code, entry.marks),
    ]),
  );
  journal.pupils.forEach((pupil, i) => {
    const row = sheet.getRow(FIRST_PUPIL + i);
    const note = membershipNote(pupil.spells, span.from, span.to);
    put(row.getCell(1), i + 1, { border: true });
    put(row.getCell(2), `${pupil.familyName} ${pupil.givenName}${note && `\n(${note})`}`, {
      border: true,
      align: 'left',
      wrap: true,
    });
    row.height = note ? 15 + 13 * note.split(', ').length : 15;
    lessons.forEach((lesson, at) => {
      put(row.getCell(FIRST_LESSON + at), entries.get(`${lesson.id} ${pupil.id}`) ?? null, {
        border: true,
        size: 11,
        shade: !belongsOn(pupil.spells, lesson.date),
      });
    });
    if (!isLast) return;
    const end = FIRST_LESSON + lessons.length;
    put(row.getCell(end), pupil.average, { border: true, format: '0.00' });
    put(row.getCell(end + 1), pupil.weightedAverage, { border: true, format: '0.00' });
    put(row.getCell(end + 2), null, { border: true });
  });

  let last = FIRST_PUPIL + journal.pupils.length - 1;
  if (isLast) {
    last += 2;
    put(
      sheet.getCell(last, 2),
      signature('Учитель', journal.teachers.length === 1 ? journal.teachers[0]! : null),
    );
    sheet.getRow(last).height = 22;
  }
  setUpPaper(sheet, `A$1:${sheet.getColumn(lastColumn).letter}$${last}`, {
    orientation: 'portrait',
    titleRows: `1:${FIRST_PUPIL - 1}`,
    footer: footerOf(journal),
  });

  function heading(
    on: Worksheet,
    { title, teachers }: ClassJournal,
    { lessons: shown }: Opening,
    columns: readonly string[],
    width: number,
  ): void {
    on.getColumn(1).width = 4.5;
    on.getColumn(2).width = 25;
    on.mergeCells(1, 1, 1, width);
    put(
      on.getCell(1, 1),
      [title, teachers.map(inFull).join(', '), spanText(span)].filter(Boolean).join(' · '),
      {
        bold: true,
        size: 11,
      },
    );
    on.getRow(1).height = 20;
    merged(on, 1, '№\nп/п', false);
    merged(on, 2, 'Фамилия, имя', false);
    for (const { start, length, month } of monthsOf(shown.map((lesson) => lesson.date))) {
      const column = FIRST_LESSON + start;
      if (length > 1) on.mergeCells(2, column, 2, column + length - 1);
      put(on.getCell(2, column), length > 1 ? MONTHS[month - 1]! : MONTHS[month - 1]!.slice(0, 3), {
        border: true,
        bold: true,
        size: length > 1 ? 10 : 7,
      });
    }
    shown.forEach((lesson, at) => {
      on.getColumn(FIRST_LESSON + at).width = 3;
      put(on.getCell(3, FIRST_LESSON + at), Number(lesson.date.slice(8)), { border: true, bold: true });
    });
    columns.forEach((name, at) => {
      on.getColumn(FIRST_LESSON + shown.length + at).width = 5.2;
      merged(on, FIRST_LESSON + shown.length + at, name, true);
    });
    on.getRow(2).height = columns.length > 0 ? 46 : 18;
    on.getRow(3).height = 16;
  }
}

/** A heading over both rows of the table's head. */
function merged(sheet: Worksheet, column: number, text: string, turned: boolean): void {
  sheet.mergeCells(2, column, 3, column);
  put(sheet.getCell(2, column), text, {
    border: true,
    bold: true,
    wrap: true,
    turned,
    size: turned ? 8 : 10,
  });
}
