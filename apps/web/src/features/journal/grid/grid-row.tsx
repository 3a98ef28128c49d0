import { memo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import type { EntryQueue } from '../entries/entry-queue';
import { averagesOf } from './averages';
import type { Range } from './cursor';
import classes from './grid.module.css';
import { JournalCell } from './journal-cell';

interface GridRowProps {
  queue: EntryQueue;
  student: Schemas['PageStudent'];
  row: number;
  lessons: Schemas['PageLesson'][];
  columns: number[];
  /** the column of the cursor if it is in this row, or −1 */
  active: number;
  selected: Range | null;
  justLeft: number;
  labelOf(student: Schemas['PageStudent'], lesson: Schemas['PageLesson']): string;
  weightOf(workTypeId: string | null, column: number): number;
  number(value: number | null): string;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { queue, student, row, lessons, columns, active, selected, justLeft } = props;
  const { t } = useTranslation('journal');
  useSyncExternalStore(queue.subscribe, () => queue.rowVersion(student.studentId));
  const { studentId } = student;
  const cellOf = (lesson: Schemas['PageLesson']) => queue.cell({ lessonId: lesson.lessonId, studentId });
  const { average, weighted } = averagesOf(lessons.map(cellOf), props.weightOf);
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
      {columns.map((column) => {
        const lesson = lessons[column]!;
        return (
          <JournalCell
            key={lesson.lessonId}
            cell={cellOf(lesson)}
            column={column}
            isOpen={lesson.isOpen}
            isActive={column === active}
            isSelected={selected !== null && selected.left <= column && column <= selected.right}
            isJustLeft={column === justLeft}
            label={props.labelOf(student, lesson)}
          />
        );
      })}
      <div className={classes.space} />
      <div
        role="gridcell"
        aria-colindex={lessons.length + 2}
        className={classes.average}
        data-first
        aria-label={`${t('page.averageLong')}: ${props.number(average)}`}
      >
        {props.number(average)}
      </div>
      <div
        role="gridcell"
        aria-colindex={lessons.length + 3}
        className={classes.average}
        aria-label={`${t('page.weightedLong')}: ${props.number(weighted)}`}
      >
        {props.number(weighted)}
      </div>
    </div>
  );
});
