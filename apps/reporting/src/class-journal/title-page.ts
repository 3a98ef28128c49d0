import type { Workbook } from 'exceljs';
import { inFull } from '../workbook/heading.query.js';
import { put, setUpPaper, signature, type Look } from '../workbook/sheet.js';
import { dateText, spanInFull, type NamedSpan } from '../workbook/span.js';
import type { ClassJournal } from './class-journal.query.js';
import { footerOf } from './opening.js';

const LEGEND = 'Н — отсутствовал(а), Б — болезнь, У — уважительная причина, О — опоздание';

/** The sheet in front: whose journal, of what, when, and who answers for the copy (R190). */
export function addTitlePage(workbook: Workbook, journal: ClassJournal, span: NamedSpan, now: Date): void {
  const sheet = workbook.addWorksheet('Титул');
  sheet.getColumn(1).width = 26;
  sheet.getColumn(2).width = 64;
  let row = 0;
  const line = (text: string, look: Look, height: number): void => {
    row += 1;
    sheet.mergeCells(row, 1, row, 2);
    put(sheet.getCell(row, 1), text, { align: 'center', wrap: true, ...look });
    sheet.getRow(row).height = height;
  };
  line(journal.schoolName, { size: 13 }, 60);
  line('КЛАССНЫЙ ЖУРНАЛ', { size: 22, bold: true }, 70);
  if (journal.yearTitle) line(journal.yearTitle, { size: 14 }, 40);
  const held = journal.lessons.filter((lesson) => lesson.topic).length;
  const facts: [string, string | number][] = [
    ['Класс', journal.classTitle ?? journal.title],
    ['Предмет', journal.subjectTitle],
    ['Учебная группа', journal.title],
    [journal.teachers.length > 1 ? 'Учителя' : 'Учитель', journal.teachers.map(inFull).join(', ') || '—'],
    ['Период', spanInFull(span)],
    ['Уроков по расписанию', journal.lessons.length],
    ['Уроков с темой', held],
    ['Учеников в списке', journal.pupils.length],
  ];
  for (const [name, value] of facts) {
    row += 1;
    put(sheet.getCell(row, 1), name, { size: 12 });
    put(sheet.getCell(row, 2), value, { size: 12, bold: true, wrap: true, align: 'left' });
    sheet.getRow(row).height = 24;
  }
  line(LEGEND, { align: 'left', size: 11 }, 40);
  line(
    signature('Учитель', journal.teachers.length === 1 ? journal.teachers[0]! : null),
    { align: 'left', size: 12 },
    30,
  );
  line(signature('Проверено. Заместитель директора', journal.deputyHead), { align: 'left', size: 12 }, 30);
  line(signature('Директор', journal.director), { align: 'left', size: 12 }, 30);
  line('«____» ______________ 20____ г.        М. П.', { align: 'left', size: 12 }, 30);
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: journal.timeZone }).format(now);
  line(
    `Твёрдая копия электронного журнала. Сформирована ${dateText(today)}.`,
    { align: 'left', size: 9 },
    24,
  );
  setUpPaper(sheet, `A$1:B$${row}`, { orientation: 'portrait', footer: footerOf(journal) });
}
