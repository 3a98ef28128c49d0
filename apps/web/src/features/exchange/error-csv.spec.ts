import { describe, expect, it } from '@jest/globals';
import { errorsCsv } from './error-csv';

describe('the list of errors as CSV', () => {
  it.each(['=1+1', '+7 900', '-5', '@SUM(A1)', '\t=1', '\r=1', "=cmd|'/c calc'!A0"])(
    'does not let %j become a formula',
    async (message) => {
      const text = await errorsCsv(
        ['m'],
        [{ file: message, row: -5, field: null, code: 'c', message }],
      ).text();
      const [, row] = text.split(/\r\n(?!=)/);
      const [file, number, field, code, last] = row!
        .split(';')
        .map((cell) => cell.replace(/^"(.*)"$/s, '$1'));
      expect([file, last]).toEqual([`'${message}`, `'${message}`]);
      expect([number, field, code]).toEqual(['-5', '', 'c']);
    },
  );
});
