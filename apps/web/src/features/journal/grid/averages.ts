import { averageOf, shownAverage, totalsOf, weightedAverageOf } from '@parta/domain-marks';
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
  const totals = totalsOf(
    cells.flatMap(({ marks }, column) =>
      marks.map(({ value, workTypeId }) => ({
        number: Number.isFinite(Number(value)) ? Number(value) : null,
        weight: weightOf(workTypeId, column),
      })),
    ),
  );
  return { average: shownAverage(averageOf(totals)), weighted: shownAverage(weightedAverageOf(totals)) };
}
