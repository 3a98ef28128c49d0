import { describe, expect, it } from '@jest/globals';
import { contentDisposition } from './content-disposition.js';

describe('the name of a file to be saved', () => {
  it('is given in full and in ASCII', () => {
    expect(contentDisposition('Журнал 7А.xlsx')).toBe(
      `attachment; filename="______ 7_.xlsx"; filename*=UTF-8''%D0%96%D1%83%D1%80%D0%BD%D0%B0%D0%BB%207%D0%90.xlsx`,
    );
  });

  it('cannot break out of its header', () => {
    const header = contentDisposition(`a"; b\\\r\nSet-Cookie: c='d'(*).xlsx`);
    expect(header).not.toMatch(/[\r\n\\]/);
    expect(header.match(/"/g)).toHaveLength(2);
    expect(header.split("UTF-8''")[1]).not.toMatch(/['()*";]/);
  });
});
