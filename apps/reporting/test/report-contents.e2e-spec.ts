import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FORMULA, ReportsUnderTest } from './reports-under-test.js';
import type { TestSchool } from './school-builder.js';
import { xmlOf } from './xlsx-parts.js';

describe('what reports hold', () => {
  let reports: ReportsUnderTest;
  let school: TestSchool;
  let teacher: string;

  const order: ReportsUnderTest['order'] = (...asked) => reports.order(...asked);
  const ended: ReportsUnderTest['ended'] = (...asked) => reports.ended(...asked);
  const made: ReportsUnderTest['made'] = (...asked) => reports.made(...asked);
  const contentOf: ReportsUnderTest['contentOf'] = (...asked) => reports.contentOf(...asked);
  const journalOf = (groupId: string) => reports.journalOf(groupId);

  beforeAll(async () => {
    reports = await ReportsUnderTest.start();
    ({ school, teacher } = reports);
  }, 60_000);

  afterAll(() => reports?.stop(), 30_000);

  it('prints the journal like the paper one, and another library reads it', async () => {
    const sheets = await made(journalOf(school.algebra), teacher);
    expect(Object.keys(sheets)).toEqual(['Титул', 'Отметки 1', 'Темы 1']);
    expect(sheets['Титул']!.flat()).toEqual(
      expect.arrayContaining([
        'Средняя школа № 1',
        'КЛАССНЫЙ ЖУРНАЛ',
        '2026/2027 учебный год',
        '7А',
        'Алгебра',
        'Алгебраева Анна Петровна',
        'II четверть (02.11.2026–30.12.2026)',
        'Директор ____________________ /Директорова А. П./',
      ]),
    );
    const [title, months, days, ...rows] = sheets['Отметки 1']!;
    expect(title![0]).toBe('7А Алгебра · Алгебраева Анна Петровна · II четверть');
    expect(months!.slice(2)).toEqual([
      'ноябрь',
      null,
      null,
      'дек',
      'Средний балл',
      'Средне-взвеш.',
      'II четверть',
    ]);
    expect(days!.slice(2, 6)).toEqual([16, 18, 20, 1]);
    expect(rows.slice(0, 5)).toEqual([
      [1, '=1+1 Взломов\n(выб. 17.11.2026)', null, null, null, null, null, null, null],
      [2, 'Абрамов Пётр', 5, '5/4', null, null, 4.67, 4.4, null],
      [3, 'Егоров Олег', null, null, null, null, null, null, null],
      [4, 'Ёлкина Яна', 'Б', 'Н', 'О/3', null, 3, 3, null],
      [5, 'Жуков Иван', null, 'У', null, null, null, null, null],
    ]);
    expect(sheets['Темы 1']!.slice(1)).toEqual([
      ['№ урока', 'Дата', 'Что пройдено на уроке', 'Домашнее задание'],
      [1, '16.11', 'Степень числа', '№ 5'],
      [2, '18.11', FORMULA, 'Без задания'],
      [3, '20.11', 'Одночлены', '№ 7\nЖуков Иван: карточка 3'],
      [4, '01.12', null, null],
      ['По расписанию уроков: 4. Записана тема: 3.', null, null, null],
    ]);
  });

  it('writes what looks like a formula as a text', async () => {
    const { id } = await order(journalOf(school.algebra), teacher);
    await ended(id, teacher);
    const parts = await xmlOf(await contentOf(id, teacher));
    const sheets = [...parts].filter(([name]) => name.startsWith('xl/worksheets/'));
    expect(sheets).toHaveLength(3);
    for (const [, xml] of sheets) expect(xml).not.toMatch(/<f[ >]/);
    expect(parts.get('xl/sharedStrings.xml')).toContain('=HYPERLINK(');
    const marks = parts.get('xl/worksheets/sheet2.xml')!;
    expect(marks).toMatch(/<pageSetup[^>]*paperSize="9"/);
    expect(marks).toContain('Стр. &amp;P из &amp;N');
    const names = parts.get('xl/workbook.xml')!;
    expect(names).toContain('_xlnm.Print_Titles');
    expect(names).toContain('_xlnm.Print_Area');
  });

  it('makes the progress report of the class', async () => {
    const homeroom = await school.token('homeroom-teacher', school.staff.homeroom);
    const { Успеваемость: sheet } = await made(
      { kind: 'class-progress', classId: school.classId, periodId: school.quarters[1] },
      homeroom,
    );
    const rows = sheet!;
    expect(rows[2]!.slice(2)).toEqual([
      ...['Алгебра', null, 'История', null, 'Отметок за период', null, null, null],
      ...['Пропущено уроков', null, null],
    ]);
    const row = (name: string) => rows.find((one) => one[1] === name || one[0] === name)!.slice(2);
    expect(row('Абрамов Пётр')).toEqual([4.67, 4.4, 5, 5, 3, 1, 0, 0, 0, 0, 0]);
    expect(row('Ёлкина Яна')).toEqual([3, 3, 4, 4, 0, 1, 1, 0, 2, 1, 0]);
    expect(row('Жуков Иван')).toEqual([null, null, 2, 2, 0, 0, 0, 1, 1, 0, 1]);
    expect(row('Средний балл, всего').slice(4)).toEqual([3, 2, 1, 1, 3, 1, 1]);
    expect(row('Качество знаний')).toEqual([0.25, null, 0.5, null, ...Array(7).fill(null)]);
    expect(row('Успеваемость')).toEqual([0.5, null, 0.5, null, ...Array(7).fill(null)]);
    const texts = rows.flat().filter((value) => typeof value === 'string');
    expect(texts).toEqual(
      expect.arrayContaining([
        'Учеников на конец периода: 4. Качество знаний: 25 %. Успеваемость: 50 %.',
        'Хорошисты (1): Абрамов Пётр',
        'С одной тройкой (1): Ёлкина Яна (Алгебра)',
        'Неуспевающие (1): Жуков Иван (История)',
        'Не аттестованы хотя бы по одному предмету (1): Егоров Олег',
      ]),
    );
  });
});
