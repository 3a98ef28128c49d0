import { memo, useSyncExternalStore } from 'react';
import type { Schemas } from '../../../api/types';
import type { EntryQueue } from '../entries/entry-queue';
import { CHUNK, chunksToDraw } from './columns';
import type { Range } from './cursor';
import classes from './grid.module.css';
import { RowAverages, type AverageTexts } from './row-averages';
import { RowChunk } from './row-chunk';

interface GridRowProps {
  queue: EntryQueue;
  student: Schemas['PageStudent'];
  row: number;
  lessons: Schemas['PageLesson'][];
  /** far from sight a row is its pupil's name alone */
  isNear: boolean;
  firstChunk: number;
  lastChunk: number;
  /** the column of the cursor if it is in this row, or −1 */
  active: number;
  selected: Range | null;
  justLeft: number;
  averageTexts: AverageTexts;
  labelOf(student: Schemas['PageStudent'], lesson: Schemas['PageLesson']): string;
  weightOf(workTypeId: string | null, column: number): number;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { queue, student, row, lessons, active, selected, justLeft } = props;
  const version = useSyncExternalStore(queue.subscribe, () => queue.rowVersion(student.studentId));
  const isDrawn = props.isNear || active >= 0;
  return (
    <div
      role="row"
      aria-rowindex={row + 3}
      className={classes.row}
      data-row={row}
      data-current={active >= 0 || undefined}
    >
      <div role="rowheader" aria-colindex={1} className={classes.name} title={student.name}>
        <span className={classes.ordinal}>{row + 1}</span>
        <span className={student.isActive ? undefined : classes.gone}>{student.name}</span>
      </div>
      {isDrawn &&
        chunksToDraw(props, active).map((chunk) => {
          const first = chunk * CHUNK;
          const last = first + CHUNK - 1;
          const isIn = (column: number) => first <= column && column <= last;
          const isSelected = selected !== null && selected.left <= last && selected.right >= first;
          return (
            <RowChunk
              key={chunk}
              queue={queue}
              student={student}
              lessons={lessons}
              chunk={chunk}
              version={version}
              active={isIn(active) ? active : -1}
              selectedFrom={isSelected ? Math.max(first, selected.left) : -1}
              selectedTo={isSelected ? Math.min(last, selected.right) : -2}
              justLeft={isIn(justLeft) ? justLeft : -1}
              labelOf={props.labelOf}
            />
          );
        })}
      <div className={classes.space} />
      {isDrawn && (
        <RowAverages
          queue={queue}
          studentId={student.studentId}
          lessons={lessons}
          version={version}
          texts={props.averageTexts}
          weightOf={props.weightOf}
        />
      )}
    </div>
  );
});
