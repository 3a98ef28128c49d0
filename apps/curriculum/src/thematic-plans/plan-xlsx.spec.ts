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

  it('with a last row far below is read as far as plans go', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('КТП');
    sheet.addRows([['Тема'], ['Дроби']]);
    sheet.getCell('A1048576').value = 'Конец';
    const lessons = await readThematicPlan(Buffer.from(await workbook.xlsx.writeBuffer()));
    expect(lessons.map((one) => one.topic)).toEqual(['Дроби']);
  });
});
