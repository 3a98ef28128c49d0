import { describe, expect, it } from '@jest/globals';
import { fileNameOf } from '../jobs/make-report/file-name.js';
import { linesOf, newWorkbook, put, signature } from './sheet.js';

describe('a cell', () => {
  const written = (value: string) => {
    const cell = newWorkbook('t', new Date()).addWorksheet('s').getCell('A1');
    put(cell, value);
    return cell;
  };

  it.each(['=1+1', '+7 900', '-5', '@SUM(A1)', '\t=1', "=cmd|'/c calc'!A0"])(
    'holds %j as a text',
    (value) => {
      const cell = written(value);
      expect(cell.value).toBe(value);
      expect(cell.formula).toBeUndefined();
      expect(cell.numFmt).toBe('@');
    },
  );

  it('leaves out what XML cannot hold', () => {
    expect(written('а\u0000б\u001fв\n').value).toBe('абв\n');
  });
});

describe('texts of a sheet', () => {
  it('are measured in lines, long words cut', () => {
    expect(linesOf(null, 10)).toBe(1);
    expect(linesOf('один два', 10)).toBe(1);
    expect(linesOf('один два три', 10)).toBe(2);
    expect(linesOf('один\nдва', 10)).toBe(2);
    expect(linesOf('а'.repeat(25), 10)).toBe(3);
  });

  it('shorten names for the signature', () => {
    expect(
      signature('Учитель', { familyName: 'фон Дервиз', givenName: 'Павел', middleName: 'Григорьевич' }),
    ).toBe('Учитель ____________________ /фон Дервиз П. Г./');
    expect(signature('Учитель', null)).toBe('Учитель ____________________ /____________________/');
  });

  it('make a file name that every file system takes', () => {
    const name = fileNameOf({
      kind: 'class-subject-journal',
      title: '5А/1 Английский: «язык»',
      periodTitle: null,
      from: '2026-09-01',
      to: '2026-10-25',
    });
    expect(name).toBe('Журнал 5А-1 Английский- «язык», 01.09.2026–25.10.2026.xlsx');
  });
});
