import type { Workbook } from 'exceljs';
import { linesOf, put, setUpPaper } from '../workbook/sheet.js';
import { spanText, type NamedSpan } from '../workbook/span.js';
import type { ClassJournal, JournalLesson } from './class-journal.query.js';
import { footerOf, type Opening } from './opening.js';

const COLUMNS = [
  { title: '№ урока', width: 7 },
  { title: 'Дата', width: 9 },
  { title: 'Что пройдено на уроке', width: 44 },
  { title: 'Домашнее задание', width: 38 },
] as const;
const LINE_HEIGHT = 13.5;

/** The right page: date, topic and homework of the lessons whose marks stand on the left (R111, R133). */
export function addTopicsPage(
  workbook: Workbook,
  journal: ClassJournal,
  span: NamedSpan,
  opening: Opening,
): void {
  const sheet = workbook.addWorksheet(`Темы ${opening.number}`, { views: [{ state: 'frozen', ySplit: 2 }] });
  sheet.mergeCells(1, 1, 1, COLUMNS.length);
  put(sheet.getCell(1, 1), `${journal.title} · ${spanText(span)}`, { bold: true, size: 11 });
  sheet.getRow(1).height = 20;
  COLUMNS.forEach(({ title, width }, i) => {
    sheet.getColumn(i + 1).width = width;
    put(sheet.getCell(2, i + 1), title, { border: true, bold: true, wrap: true });
  });
  sheet.getRow(2).height = 30;
  const names = new Map(journal.pupils.map((pupil) => [pupil.id, `${pupil.familyName} ${pupil.givenName}`]));
  opening.lessons.forEach((lesson, i) => {
    const row = sheet.getRow(3 + i);
    const homework = homeworkText(lesson, names);
    const [day, month] = [lesson.date.slice(8), lesson.date.slice(5, 7)];
    put(row.getCell(1), opening.before + i + 1, { border: true });
    put(row.getCell(2), `${day}.${month}`, { border: true });
    put(row.getCell(3), lesson.topic, { border: true, align: 'left', vertical: 'top', wrap: true });
    put(row.getCell(4), homework, { border: true, align: 'left', vertical: 'top', wrap: true });
    const lines = Math.max(linesOf(lesson.topic, COLUMNS[2].width), linesOf(homework, COLUMNS[3].width));
    // Spreadsheets take rows of at most 409 points.
    row.height = Math.min(409, Math.max(16, lines * LINE_HEIGHT + 2));
  });
  let last = 2 + opening.lessons.length;
  if (opening.isLast) {
    const held = journal.lessons.filter((lesson) => lesson.topic).length;
    last += 1;
    sheet.mergeCells(last, 1, last, COLUMNS.length);
    put(sheet.getCell(last, 1), `По расписанию уроков: ${journal.lessons.length}. Записана тема: ${held}.`);
    sheet.getRow(last).height = 20;
  }
  setUpPaper(sheet, `A$1:D$${last}`, {
    orientation: 'portrait',
    titleRows: '1:2',
    footer: footerOf(journal),
  });
}

function homeworkText(lesson: JournalLesson, names: ReadonlyMap<string, string>): string | null {
  const common = lesson.homework ?? (lesson.noHomework ? 'Без задания' : null);
  const own = lesson.individual.map(
    ({ studentId, text }) => `${names.get(studentId) ?? 'Индивидуально'}: ${text}`,
  );
  return [...(common ? [common] : []), ...own].join('\n') || null;
}
