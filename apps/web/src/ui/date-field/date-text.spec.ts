import { describe, expect, it } from '@jest/globals';
import { inFigures, inWords, parseDate, shift, withDots } from './date-text';

const TODAY = '2026-11-20';

describe('a typed date', () => {
  it.each([
    ['21.11.2026', '2026-11-21'],
    ['1.2.27', '2027-02-01'],
    ['21.11', '2026-11-21'],
    ['21.11.', '2026-11-21'],
    ['21112026', '2026-11-21'],
    ['2111', '2026-11-21'],
    ['21/11/2026', '2026-11-21'],
    [' 21 11 ', '2026-11-21'],
    ['29.02.2028', '2028-02-29'],
  ])('%s is understood', (text, date) => expect(parseDate(text, TODAY)).toBe(date));

  it.each(['', '31.02.2026', '29.02.2027', '12', 'завтра', '1.13.2026', '0.1.2026', '21.11.202'])(
    '«%s» is none',
    (text) => expect(parseDate(text, TODAY)).toBeNull(),
  );

  it('gets its dots by itself, but not while it is erased', () => {
    expect(withDots('2', '21')).toBe('21.');
    expect(withDots('21.1', '21.11')).toBe('21.11.');
    expect(withDots('21.', '21')).toBe('21');
    expect(withDots('21.11.202', '21.11.2026')).toBe('21.11.2026');
  });
});

describe('a date as it is shown', () => {
  it('is in words, with the year only when it is another one', () => {
    expect(inWords('2026-11-21', 'ru', TODAY)).toBe('сб, 21 ноября');
    expect(inWords('2027-01-12', 'ru', TODAY)).toBe('вт, 12 января 2027');
    expect(inFigures('2026-11-21')).toBe('21.11.2026');
  });

  it('moves by days over the end of a month', () => expect(shift('2026-11-30', 1)).toBe('2026-12-01'));
});
