import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import yazl from 'yazl';
import { readThematicPlan } from './plan-xlsx.js';

const unreadable = expect.objectContaining({ code: 'curriculum.plan-unreadable' });

describe('a thematic plan', () => {
  it('that would unpack to more than a spreadsheet needs is not read', async () => {
    const zip = new yazl.ZipFile();
    zip.addBuffer(Buffer.alloc(65 * 1024 * 1024), 'xl/worksheets/sheet1.xml');
    zip.end();
    const bomb = await buffer(zip.outputStream);
    expect(bomb.length).toBeLessThan(100_000);
    await expect(readThematicPlan(bomb)).rejects.toEqual(unreadable);
  });

  it('of many parts is not read', async () => {
    const zip = new yazl.ZipFile();
    for (let i = 0; i <= 500; i += 1) zip.addBuffer(Buffer.alloc(1), `part-${i}`);
    zip.end();
    await expect(readThematicPlan(await buffer(zip.outputStream))).rejects.toEqual(unreadable);
  });

  it('that is no ZIP file is not read', async () => {
    await expect(readThematicPlan(Buffer.from('Тема;Урок'))).rejects.toEqual(unreadable);
  });

  const plan = (rows: unknown[][], change?: (workbook: ExcelJS.Workbook) => void) => async () => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('КТП').addRows(rows);
    change?.(workbook);
    return readThematicPlan(Buffer.from(await workbook.xlsx.writeBuffer()));
  };
  const topics = async (read: ReturnType<typeof plan>) => (await read()).map((one) => one.topic);

  it('with a last row far below is read to its end', async () => {
    const read = plan([['Тема'], ['Дроби']], (workbook) => {
      workbook.worksheets[0]!.getCell('A1048576').value = 'Конец';
    });
    expect(await topics(read)).toEqual(['Дроби', 'Конец']);
  });

  it('has a title above its heading', async () => {
    const title = 'Тематическое планирование по алгебре';
    expect(await topics(plan([[title], ['№', 'Раздел', 'Тема урока'], [1, 'Числа', 'Дроби']]))).toEqual([
      'Дроби',
    ]);
  });

  it.each([
    ['rich text', { richText: [{ text: 'Дро' }, { text: 'би' }] }, 'Дроби'],
    ['a link', { text: 'Дроби', hyperlink: 'https://example.org' }, 'Дроби'],
    [
      'a formatted link',
      { text: { richText: [{ text: 'Дроби' }] }, hyperlink: 'https://example.org' },
      'Дроби',
    ],
    ['a date', new Date('2026-10-01T00:00:00Z'), '01.10.2026'],
    ['a number', 7, '7'],
    ['a formula with its value', { formula: 'B1', result: 'Дроби' }, 'Дроби'],
    ['a line break', 'Дроби_x000D_и числа', 'Дроби\nи числа'],
  ])('has %s for a topic', async (_, value, topic) => {
    expect(await topics(plan([['Тема'], [value]]))).toEqual([topic]);
  });

  it('is on the first visible sheet that has a heading', async () => {
    const read = plan([['Тема'], ['Скрытая']], (workbook) => {
      workbook.worksheets[0]!.state = 'hidden';
      workbook.addWorksheet('План').addRows([['Тема'], ['Дроби']]);
    });
    expect(await topics(read)).toEqual(['Дроби']);
  });

  it.each([
    ['a formula without its value', [['Тема'], ['Дроби'], [{ formula: 'B1' }]], 3],
    ['an error', [['Тема'], [{ error: '#REF!' }]], 2],
    ['a text that is too long', [['Тема'], ['д'.repeat(501)]], 2],
    ['a 1,001st lesson', [['Тема'], ...Array.from({ length: 1001 }, () => ['Дроби'])], 1002],
  ])('with %s is refused with the number of the row', async (_, rows, row) => {
    await expect(plan(rows)()).rejects.toEqual(
      expect.objectContaining({ code: 'curriculum.plan-unreadable', details: { row } }),
    );
  });
});
