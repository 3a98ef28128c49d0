import { describe, expect, it } from '@jest/globals';
import { belongsOn, membershipNote } from './membership.js';

const Q2 = ['2026-11-02', '2026-12-30'] as const;

describe('who belonged to the group', () => {
  it('is not noted for those who were there all the time', () => {
    expect(membershipNote([{ from: '2026-09-01', to: null }], ...Q2)).toBe('');
    expect(membershipNote([{ from: null, to: '2027-05-31' }], ...Q2)).toBe('');
  });

  it('is noted with dates for those who came, left, or came back', () => {
    expect(membershipNote([{ from: '2026-11-10', to: null }], ...Q2)).toBe('приб. 10.11.2026');
    const spells = [
      { from: '2026-09-01', to: '2026-11-12' },
      { from: '2026-12-01', to: null },
    ];
    expect(membershipNote(spells, ...Q2)).toBe('выб. 12.11.2026, приб. 01.12.2026');
    expect(['2026-11-12', '2026-11-13', '2026-12-01'].map((date) => belongsOn(spells, date))).toEqual([
      true,
      false,
      true,
    ]);
  });
});
