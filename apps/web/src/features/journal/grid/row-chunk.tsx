import { memo } from 'react';
import type { Schemas } from '../../../api/types';
import type { EntryQueue } from '../entries/entry-queue';
import type { ShownCell } from '../entries/types';
import { LETTERS } from './cell-text';
import { CHUNK, columnsOf } from './columns';
import classes from './grid.module.css';

interface RowChunkProps {
  queue: EntryQueue;
  student: Schemas['PageStudent'];
  lessons: Schemas['PageLesson'][];
  chunk: number;
  /** of the pupil's cells: what makes the chunk draw anew */
  version: number;
  /** the column of the cursor if it is in here, or −1 */
  active: number;
  /** the selected columns in here, or −1 */
  selectedFrom: number;
  selectedTo: number;
  /** a second digit typed now would go here */
  justLeft: number;
  labelOf(student: Schemas['PageStudent'], lesson: Schemas['PageLesson']): string;
}

/**
 * A few cells of one pupil. A thousand cells are on the screen at once: they are plain elements, and only chunks in which
 * something has changed are drawn anew.
 */
export const RowChunk = memo(function RowChunk(props: RowChunkProps) {
  const { queue, student, lessons, chunk, active, selectedFrom, selectedTo, justLeft } = props;
  return (
    <div
      role="presentation"
      className={classes.chunk}
      style={{ insetInlineStart: `calc(var(--name) + ${chunk * CHUNK} * var(--column))` }}
    >
      {columnsOf(chunk, lessons.length).map((column) => {
        const lesson = lessons[column]!;
        const cell = queue.cell({ lessonId: lesson.lessonId, studentId: student.studentId });
        return (
          <div
            key={column}
            role="gridcell"
            aria-colindex={column + 2}
            aria-label={props.labelOf(student, lesson)}
            aria-selected={selectedFrom <= column && column <= selectedTo}
            aria-readonly={!lesson.isOpen || undefined}
            tabIndex={column === active ? 0 : -1}
            data-column={column}
            data-active={column === active || undefined}
            data-closed={!lesson.isOpen || undefined}
            data-just-left={column === justLeft || undefined}
            data-tone={toneOf(cell)}
            data-state={cell.state === 'saved' ? undefined : cell.state}
            className={classes.cell}
          >
            {contentOf(cell)}
          </div>
        );
      })}
    </div>
  );
});

function contentOf({ marks, attendance }: ShownCell) {
  if (marks.length === 0) return attendance && <span className={classes.letter}>{LETTERS[attendance]}</span>;
  return (
    <>
      {attendance && <span className={classes.letter}>{LETTERS[attendance]}</span>}
      <span className={marks.length > 2 ? classes.many : undefined}>
        {inShort(marks.map(({ value }) => value))}
      </span>
      {marks.some(({ comment }) => comment) && <span className={classes.comment} aria-hidden />}
    </>
  );
}

/** A narrow cell shows the first of many marks; its label and its card have them all. */
const inShort = (values: string[]): string =>
  values.length > 3 ? `${values.slice(0, 2).join('/')}+${values.length - 2}` : values.join('/');

/** A quiet background under a single mark; the figure itself says the same. */
function toneOf({ marks, attendance }: ShownCell): string | undefined {
  const [first] = marks;
  if (!first) return attendance ? 'absent' : undefined;
  return marks.every(({ value }) => value === first.value) ? `mark-${first.value}` : undefined;
}
