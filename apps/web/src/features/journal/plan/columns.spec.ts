import { describe, expect, it } from '@jest/globals';
import { letterOf } from './columns';

describe('a column is named as spreadsheet programs do', () => {
  it.each([
    [1, 'A'],
    [26, 'Z'],
    [27, 'AA'],
    [52, 'AZ'],
    [703, 'AAA'],
    [16_384, 'XFD'],
  ])('%s is %s', (column, name) => {
    expect(letterOf(column)).toBe(name);
  });
});
