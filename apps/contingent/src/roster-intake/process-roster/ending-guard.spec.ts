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
});
