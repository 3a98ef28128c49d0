import { expectedMark, weightedAverageOf } from '@parta/domain-marks';
import type { ProgressPupil, SubjectResult } from './class-progress.query.js';

/** «н/а»: no marks, so nothing can be said yet. */
export const NOT_ATTESTED = 'н/а';
export type ExpectedMark = 5 | 4 | 3 | 2 | typeof NOT_ATTESTED;

/** The mark that the weighted average stands for. It stands in for the period mark, which the teacher decides on. */
export function expectedIn({ totals }: SubjectResult): ExpectedMark {
  const average = weightedAverageOf(totals);
  return average ? expectedMark(average) : NOT_ATTESTED;
}

export interface Rates {
  /** how many learn it */
  pupils: number;
  counts: Record<'5' | '4' | '3' | '2' | typeof NOT_ATTESTED, number>;
  /** качество знаний: share (0–1) of 4 and 5; null when nobody learns it */
  qualityRate: number | null;
  /** успеваемость: share (0–1) without 2 and н/а */
  passRate: number | null;
}

/** Shares of a subject, from the marks its pupils may expect. */
export function ratesOf(marks: readonly ExpectedMark[]): Rates {
  const counts = { '5': 0, '4': 0, '3': 0, '2': 0, [NOT_ATTESTED]: 0 };
  for (const mark of marks) counts[mark] += 1;
  const share = (part: number): number | null => (marks.length > 0 ? part / marks.length : null);
  return {
    pupils: marks.length,
    counts,
    qualityRate: share(counts['5'] + counts['4']),
    passRate: share(counts['5'] + counts['4'] + counts['3']),
  };
}

export const STANDINGS = [
  'excellent',
  'good',
  'one-three',
  'satisfactory',
  'failing',
  'not-attested',
] as const;
/** How a pupil does in all subjects together. */
export type Standing = (typeof STANDINGS)[number];

/** A 2 outweighs everything, a subject without marks all but a 2. */
export function standingOf(marks: readonly ExpectedMark[]): Standing {
  if (marks.includes(2)) return 'failing';
  if (marks.length === 0 || marks.includes(NOT_ATTESTED)) return 'not-attested';
  const threes = marks.filter((mark) => mark === 3).length;
  if (threes === 1) return 'one-three';
  if (threes > 1) return 'satisfactory';
  return marks.includes(4) ? 'good' : 'excellent';
}

/** Shares of a class: who has nothing below 4, and who has nothing below 3. */
export function classRates(standings: readonly Standing[]): Pick<Rates, 'qualityRate' | 'passRate'> {
  const share = (...of: Standing[]): number | null =>
    standings.length > 0 ? standings.filter((one) => of.includes(one)).length / standings.length : null;
  return {
    qualityRate: share('excellent', 'good'),
    passRate: share('excellent', 'good', 'one-three', 'satisfactory'),
  };
}

/** The marks a pupil may expect, by subject. */
export const expectedMarks = (pupil: ProgressPupil): Map<string, ExpectedMark> =>
  new Map(pupil.subjects.map((subject) => [subject.title, expectedIn(subject)]));
