import { describe, expect, it } from '@jest/globals';
import { totalsOf } from '@parta/domain-marks';
import { classRates, expectedIn, NOT_ATTESTED, ratesOf, standingOf } from './rates.js';

describe('the mark to be expected', () => {
  const subject = (...marks: [number: number | null, weight: number][]) => ({
    title: 'Алгебра',
    totals: totalsOf(marks.map(([number, weight]) => ({ number, weight }))),
  });

  it('is of the exact average, not of the one that is shown', () => {
    expect(expectedIn(subject([3, 50], [2, 51]))).toBe(2);
    expect(expectedIn(subject([3, 1], [2, 1]))).toBe(3);
  });

  it('is none without marks', () => {
    expect(expectedIn(subject())).toBe(NOT_ATTESTED);
    expect(expectedIn(subject([null, 1]))).toBe(NOT_ATTESTED);
  });
});

describe('the shares of a subject', () => {
  it('count 4 and 5 as quality, and everything but 2 and н/а as passed', () => {
    expect(ratesOf([5, 4, 3, 2, NOT_ATTESTED])).toMatchObject({ pupils: 5, qualityRate: 0.4, passRate: 0.6 });
  });

  it('are not said of a subject that nobody learns', () => {
    expect(ratesOf([])).toMatchObject({ qualityRate: null, passRate: null });
  });
});

describe('how a pupil does', () => {
  it.each([
    ['excellent', [5, 5]],
    ['good', [5, 4]],
    ['one-three', [5, 4, 3]],
    ['satisfactory', [3, 3, 5]],
    ['failing', [5, 2, NOT_ATTESTED]],
    ['not-attested', [5, NOT_ATTESTED]],
    ['not-attested', []],
  ] as const)('is %s with %j', (standing, marks) => {
    expect(standingOf(marks)).toBe(standing);
  });

  it('makes the shares of the class', () => {
    expect(classRates(['excellent', 'good', 'one-three', 'failing'])).toEqual({
      qualityRate: 0.5,
      passRate: 0.75,
    });
  });
});
