import { describe, expect, it } from '@jest/globals';
import { averageOf, expectedMark, shownAverage, totalsOf, weightedAverageOf } from './averages.rule.js';
import { fraction, meanOf, rounded } from './fraction.js';

const marks = (number: number | null, ...weights: number[]) => weights.map((weight) => ({ number, weight }));
const times = (count: number, weight: number): number[] => Array.from({ length: count }, () => weight);
const weighted = (list: ReturnType<typeof marks>) => weightedAverageOf(totalsOf(list));

describe('a weighted average', () => {
  it('of 2.49505 is shown as 2.50 and stands for a 2', () => {
    const average = weighted([...marks(3, ...times(16, 3), 2), ...marks(2, ...times(17, 3))])!;
    expect(rounded(average, 5)).toBe(2.49505);
    expect(shownAverage(average)).toBe(2.5);
    expect(expectedMark(average)).toBe(2);
  });

  it('rounds the half up, in hundredths and to a mark', () => {
    expect(shownAverage(weighted([...marks(4, 7), ...marks(5, 1)]))).toBe(4.13);
    expect(expectedMark(weighted([...marks(4, 1), ...marks(5, 1)])!)).toBe(5);
    // 1.005 is less than it as a double: one hundredth too little came out.
    expect(shownAverage(weighted([...marks(1, 1.99), ...marks(2, 0.01)]))).toBe(1.01);
  });

  it('leaves out marks without a number, and is none where nothing weighs', () => {
    expect(shownAverage(weighted([...marks(5, 1), ...marks(null, 3)]))).toBe(5);
    expect(weighted(marks(5, 0))).toBeNull();
    expect(averageOf(totalsOf(marks(null, 1)))).toBeNull();
  });

  it.each([
    [1, 1, 2],
    [249, 100, 2],
    [5, 2, 3],
    [449, 100, 4],
    [9, 2, 5],
    [5, 1, 5],
  ] as const)('of %i/%i stands for a %i', (numerator, denominator, mark) => {
    expect(expectedMark(fraction(numerator, denominator)!)).toBe(mark);
  });
});

describe('the mean of averages', () => {
  it('is rounded once', () => {
    // 3.335 and 3.345 are shown as 3.34 and 3.35, whose mean would be shown as 3.35.
    expect(rounded(meanOf([fraction(3335, 1000), null, fraction(3345, 1000)])!, 2)).toBe(3.34);
    expect(meanOf([null])).toBeNull();
  });
});
