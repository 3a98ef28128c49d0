import { describe, expect, it } from '@jest/globals';
import { cellText } from './cell-text.js';
import { monthsOf, spreadsOf } from './spreads.js';

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('the openings of a journal', () => {
  it.each([
    [1, [1]],
    [26, [26]],
    [27, [14, 13]],
    [54, [18, 18, 18]],
  ])('hold %i lessons in nearly equal parts', (count, sizes) => {
    const spreads = spreadsOf(numbers(count), 26);
    expect(spreads.map((one) => one.length)).toEqual(sizes);
    expect(spreads.flat()).toEqual(numbers(count));
  });

  it('group neighbouring lessons by month, and Septembers of two years apart', () => {
    expect(monthsOf(['2026-09-28', '2026-09-30', '2026-10-01', '2027-10-01'])).toEqual([
      { start: 0, length: 2, month: 9 },
      { start: 2, length: 1, month: 10 },
      { start: 3, length: 1, month: 10 },
    ]);
  });
});

describe('a cell of the journal', () => {
  it('shows marks and absences as teachers write them', () => {
    expect(cellText(null, ['5'])).toBe(5);
    expect(cellText(null, ['5', '4'])).toBe('5/4');
    expect(cellText(null, ['зач'])).toBe('зач');
    expect(cellText('ABSENT', [])).toBe('Н');
    expect(cellText('ILL', [])).toBe('Б');
    expect(cellText('EXCUSED', [])).toBe('У');
    expect(cellText('LATE', ['4'])).toBe('О/4');
    expect(cellText(null, [])).toBeNull();
  });
});
