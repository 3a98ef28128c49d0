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

// The half is added before the cut, as the service does it: 4.125 is 4.13 in both.
const round = (value: number): number => Math.round(value * 100 + 1e-9) / 100;

export function averagesOf(marks: readonly Weighed[]): Averages {
  let count = 0;
  let sum = 0;
  let weights = 0;
  let weighted = 0;
  for (const { value, weight } of marks) {
    const number = numberOf(value);
    if (number === null) continue;
    count += 1;
    sum += number;
    weights += weight;
    weighted += number * weight;
  }
  return {
    average: count > 0 ? round(sum / count) : null,
    weightedAverage: weights > 0 ? round(weighted / weights) : null,
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
