import { describe, expect, it } from '@jest/globals';
import { runningYear } from './running-year.js';

const year = (id: string, startDate: string, endDate: string) => ({ id, startDate, endDate });
const last = year('1', '2025-09-01', '2026-05-31');
const next = year('2', '2026-09-01', '2027-05-31');

describe('the running year', () => {
  it.each([
    ['on its first day', '2025-09-01', last],
    ['on its last day', '2026-05-31', last],
    ['in summer', '2026-07-15', last],
    ['on 31 August', '2026-08-31', last],
    ['on 1 September', '2026-09-01', next],
    ['long after the last one known', '2028-01-01', next],
    ['before the first one', '2025-08-01', last],
  ])('%s', (_, today, expected) => {
    expect(runningYear([last, next], today)).toBe(expected);
    expect(runningYear([next, last], today)).toBe(expected);
  });

  it('is the one recorded last where several cover the day', () => {
    const again = year('3', '2026-08-25', '2027-05-25');
    expect(runningYear([again, next], '2026-09-10')).toBe(again);
    expect(runningYear([next, again], '2027-05-31')).toBe(next);
    expect(runningYear([next, year('3', next.startDate, next.endDate)], '2027-07-01')!.id).toBe('3');
  });

  it('is none where no year is known', () => expect(runningYear([], '2026-09-01')).toBeNull());
});
