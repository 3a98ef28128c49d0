import { memo } from 'react';
import type { Schemas } from '../../../api/types';
import type { EntryQueue } from '../entries/entry-queue';
import { averagesOf } from './averages';
import classes from './grid.module.css';

/** Words and figures the same in every row: made once for the grid. */
export interface AverageTexts {
  average: string;
  weighted: string;
  number(value: number): string;
}

interface RowAveragesProps {
  queue: EntryQueue;
  studentId: string;
  lessons: Schemas['PageLesson'][];
  /** of the pupil's cells: what makes the averages change */
  version: number;
  texts: AverageTexts;
  weightOf(workTypeId: string | null, column: number): number;
}

/** The averages of a pupil, at the right. */
export const RowAverages = memo(function RowAverages(props: RowAveragesProps) {
  const { queue, studentId, lessons, weightOf, texts } = props;
  const { average, weighted } = averagesOf(
    lessons.map(({ lessonId }) => queue.cell({ lessonId, studentId })),
    weightOf,
  );
  const text = (value: number | null) => (value === null ? '—' : texts.number(value));
  return (
    <>
      <div
        role="gridcell"
        aria-colindex={lessons.length + 2}
        className={classes.average}
        data-first
        aria-label={`${texts.average}: ${text(average)}`}
      >
        {text(average)}
      </div>
      <div
        role="gridcell"
        aria-colindex={lessons.length + 3}
        className={classes.average}
        aria-label={`${texts.weighted}: ${text(weighted)}`}
      >
        {text(weighted)}
      </div>
    </>
  );
});
