import { describe, expect, it } from '@jest/globals';
import { reasonToPark } from './ending-guard.js';

describe('a package is parked', () => {
  it('never, while it ends nothing', () => {
    expect(reasonToPark({ active: 0, ended: 0 }, [], 0.05)).toBeNull();
    expect(reasonToPark({ active: 1000, ended: 0 }, [{ name: 'А', active: 1000, ended: 0 }], 0)).toBeNull();
  });

  it('from the first enrolment beyond the permitted share', () => {
    expect(reasonToPark({ active: 1000, ended: 50 }, [], 0.05)).toBeNull();
    expect(reasonToPark({ active: 1000, ended: 51 }, [], 0.05)).toContain('51 из');
  });

  it('when one school loses more than half, though the district hardly notices', () => {
    const district = { active: 10_000, ended: 16 };
    expect(reasonToPark(district, [{ name: 'Лицей', active: 32, ended: 16 }], 0.05)).toBeNull();
    expect(reasonToPark(district, [{ name: 'Лицей', active: 31, ended: 16 }], 0.05)).toContain('«Лицей»');
  });

  it('not for a school so small that a few families are half of it', () => {
    expect(
      reasonToPark({ active: 10_000, ended: 19 }, [{ name: 'Хутор', active: 19, ended: 19 }], 0.05),
    ).toBeNull();
  });

  it.each([
    [1000, 50, false, null],
    [1000, 51, false, '51 из'],
    [12, 1, false, null],
    [12, 2, false, '2 из 12'],
    [9, 8, false, null],
    [9, 9, false, '9 из 9'],
    [1000, 1, true, '1 из'],
    [1000, 0, true, null],
  ])('of %d records of a kind, %d ended, each held: %s', (before, ended, isEachHeld, reason) => {
    const found = reasonToPark({ active: 0, ended: 0 }, [], 0.05, [
      { what: 'записей', before, ended, isEachHeld },
    ]);
    if (reason === null) expect(found).toBeNull();
    else expect(found).toContain(reason);
  });
});
