import { fraction, rounded, type Fraction } from './fraction.js';

/*
 * The average of marks, plain and weighted by the kind of work, and the mark it stands for. The arithmetic is exact, and
 * the result is rounded once, half up: an average of 2.49505 is shown as 2.50 and stands for a 2. The rule is written in
 * TypeScript and in SQL; `averages.medium-spec` of reporting proves that both agree.
 */

/** Decimal places of an average that is shown. */
export const AVERAGE_PLACES = 2;

/** A mark as it counts. «н/а» and the like have no number and do not. */
export interface CountedMark {
  /** with at most two decimal places */
  number: number | null;
  /** with at most two decimal places */
  weight: number;
}

/** Sums over marks, all of them whole numbers. */
export interface MarkTotals {
  count: number;
  /** of the marks, in hundredths */
  sum: number;
  /** of the weights, in hundredths */
  weights: number;
  /** of the marks times their weights, in ten-thousandths */
  weighted: number;
}

const hundredths = (value: number): number => Math.round(value * 100);

export function totalsOf(marks: readonly CountedMark[]): MarkTotals {
  const totals = { count: 0, sum: 0, weights: 0, weighted: 0 };
  for (const { number, weight } of marks) {
    if (number === null) continue;
    totals.count += 1;
    totals.sum += hundredths(number);
    totals.weights += hundredths(weight);
    totals.weighted += hundredths(number) * hundredths(weight);
  }
  return totals;
}

/** Null without marks. */
export const averageOf = ({ sum, count }: MarkTotals): Fraction | null => fraction(sum, 100n * BigInt(count));

/** Null where nothing weighs. */
export const weightedAverageOf = ({ weighted, weights }: MarkTotals): Fraction | null =>
  fraction(weighted, 100n * BigInt(weights));

/** As it is shown. */
export const shownAverage = (average: Fraction | null): number | null =>
  average && rounded(average, AVERAGE_PLACES);

/** The mark that an average stands for, from 2 to 5. */
export const expectedMark = (average: Fraction): 5 | 4 | 3 | 2 =>
  Math.min(5, Math.max(2, rounded(average, 0))) as 5 | 4 | 3 | 2;

/*
 * The same in SQL, as aggregates over rows of marks. `div` of numerics is exact; arguments are expressions of the
 * program's own, of type numeric.
 */

/** The shown average as float8. */
export const averageSql = (number: string): string =>
  `(div(200 * sum(${number}) + count(${number}), nullif(2 * count(${number}), 0)) / 100)::float8`;

/** The shown weighted average as float8. */
export function weightedAverageSql(number: string, weight: string): string {
  const weights = weightsSql(number, weight);
  return `(div(200 * sum(${number} * ${weight}) + ${weights}, nullif(2 * ${weights}, 0)) / 100)::float8`;
}

/** `MarkTotals` as JSON. */
export const markTotalsSql = (number: string, weight: string): string =>
  `json_build_object('count', count(${number}), 'sum', coalesce(sum(${number} * 100), 0)::bigint,
    'weights', coalesce(${weightsSql(number, weight)} * 100, 0)::bigint,
    'weighted', coalesce(sum(${number} * ${weight} * 10000), 0)::bigint)`;

const weightsSql = (number: string, weight: string): string =>
  `sum(${weight}) filter (where ${number} is not null)`;
