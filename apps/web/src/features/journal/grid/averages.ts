import type { ShownCell } from '../entries/types';

export interface Averages {
  average: number | null;
  weighted: number | null;
}

/** Of the marks shown, the unsaved ones too: a teacher sees at once what a mark does. */
export function averagesOf(
  cells: readonly ShownCell[],
  weightOf: (workTypeId: string | null, column: number) => number,
): Averages {
  let count = 0;
  let sum = 0;
  let weights = 0;
  let weightedSum = 0;
  cells.forEach(({ marks }, column) => {
    for (const { value, workTypeId } of marks) {
      const number = Number(value);
      if (!Number.isFinite(number)) continue;
      const weight = weightOf(workTypeId, column);
      count += 1;
      sum += number;
      weights += weight;
      weightedSum += number * weight;
    }
  });
  return {
    average: count > 0 ? sum / count : null,
    weighted: weights > 0 ? weightedSum / weights : null,
  };
}
