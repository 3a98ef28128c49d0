import { memo } from 'react';
import type { ShownCell } from '../entries/types';
import { LETTERS } from './cell-text';
import classes from './grid.module.css';

interface JournalCellProps {
  cell: ShownCell;
  column: number;
  isOpen: boolean;
  isActive: boolean;
  isSelected: boolean;
  /** a second digit typed now would go here */
  isJustLeft: boolean;
  label: string;
}

export const JournalCell = memo(function JournalCell(props: JournalCellProps) {
  const { cell, column, isOpen, isActive, isSelected, isJustLeft, label } = props;
  const { marks, attendance, state } = cell;
  return (
    <div
      role="gridcell"
      aria-colindex={column + 2}
      aria-label={label}
      aria-selected={isSelected}
      aria-readonly={!isOpen || undefined}
      tabIndex={isActive ? 0 : -1}
      data-column={column}
      data-active={isActive || undefined}
      data-closed={!isOpen || undefined}
      data-just-left={isJustLeft || undefined}
      data-tone={toneOf(cell)}
      data-state={state === 'saved' ? undefined : state}
      className={classes.cell}
      style={{ insetInlineStart: `calc(var(--name) + ${column} * var(--column))` }}
    >
      {attendance && <span className={classes.letter}>{LETTERS[attendance]}</span>}
      {marks.length > 0 && (
        <span className={marks.length > 2 ? classes.many : undefined}>
          {inShort(marks.map(({ value }) => value))}
        </span>
      )}
      {marks.some(({ comment }) => comment) && <span className={classes.comment} aria-hidden />}
    </div>
  );
});

/** A narrow cell shows the first of many marks; its label and its card have them all. */
const inShort = (values: string[]): string =>
  values.length > 3 ? `${values.slice(0, 2).join('/')}+${values.length - 2}` : values.join('/');

/** A quiet background under a single mark; the figure itself says the same. */
function toneOf({ marks, attendance }: ShownCell): string | undefined {
  if (marks.length === 0) return attendance ? 'absent' : undefined;
  const values = new Set(marks.map(({ value }) => value));
  return values.size === 1 ? `mark-${marks[0]!.value}` : undefined;
}
