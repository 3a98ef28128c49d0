import { averageOf, shownAverage, totalsOf, weightedAverageOf } from '@parta/domain-marks';

export interface Weighed {
  value: string;
  weight: number;
}

export interface Averages {
  average: number | null;
  weightedAverage: number | null;
}

/** «н/а», «зач» and the like have no number and do not count. */
export const numberOf = (value: string): number | null => (/^[1-5]$/.test(value) ? Number(value) : null);

export function averagesOf(marks: readonly Weighed[]): Averages {
  const totals = totalsOf(marks.map(({ value, weight }) => ({ number: numberOf(value), weight })));
  return {
    average: shownAverage(averageOf(totals)),
    weightedAverage: shownAverage(weightedAverageOf(totals)),
  };
}

/** The weights that this subject knows, so that a mark is imagined as one that may really come. */
export const weightsOf = (marks: readonly Weighed[]): number[] =>
  [...new Set([1, ...marks.map(({ weight }) => weight)])]
    .filter((weight) => weight > 0)
    .sort((a, b) => a - b);

interface Sortable {
  subjectTitle: string;
  average: number | null;
  weightedAverage: number | null;
}

export type SubjectSort = 'name' | 'average';

/** By average the lowest comes first: that is where help is needed. Subjects without one stand last. */
export function sortSubjects<Subject extends Sortable>(
  subjects: readonly Subject[],
  sort: SubjectSort,
  compare: (a: string, b: string) => number,
): Subject[] {
  const rank = ({ weightedAverage, average }: Sortable) => weightedAverage ?? average ?? Infinity;
  return subjects.toSorted((a, b) => {
    const byRank = sort === 'average' && rank(a) !== rank(b) ? rank(a) - rank(b) : 0;
    return byRank || compare(a.subjectTitle, b.subjectTitle);
  });
}
