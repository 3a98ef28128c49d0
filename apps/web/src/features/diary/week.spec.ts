import { describe, expect, it } from '@jest/globals';
import { addDays, isDate, mondayOf, todayIn, weekday, weekIn } from './week';

describe('weeks of the diary', () => {
  it('begin on Monday', () => {
    expect(mondayOf('2026-11-22')).toBe('2026-11-16');
    expect(mondayOf('2026-11-16')).toBe('2026-11-16');
    expect(mondayOf('2027-01-01')).toBe('2026-12-28');
    expect([weekday('2026-11-16'), weekday('2026-11-22')]).toEqual([0, 6]);
  });

  it('are counted over months, years and leap days', () => {
    expect(addDays('2026-12-28', 7)).toBe('2027-01-04');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2027-03-01', -1)).toBe('2027-02-28');
  });

  it('come from the address, if it says a date that exists', () => {
    expect(weekIn('2026-10-08', '2026-11-22')).toBe('2026-10-05');
    expect(weekIn(null, '2026-11-22')).toBe('2026-11-16');
    expect(weekIn('2026-02-30', '2026-11-22')).toBe('2026-11-16');
    expect(['2026-13-01', '2026-1-1', 'yesterday', ''].some(isDate)).toBe(false);
  });

  it('hold the today of the school, not of the browser', () => {
    const late = new Date('2026-11-21T23:30:00Z');
    expect(todayIn('Asia/Yekaterinburg', late)).toBe('2026-11-22');
    expect(todayIn('Europe/Kaliningrad', late)).toBe('2026-11-22');
    expect(todayIn('Etc/UTC', late)).toBe('2026-11-21');
  });
});
