import { useCallback, useEffect, useLayoutEffect, useRef, useState, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import type { CellRef } from '../entries/types';
import { useEntries } from '../entries/use-entries';
import { useWorkTypes } from '../queries';
import { textOf } from './cell-text';
import { columnsToDraw, columnWindow, type Window } from './columns';
import type { Position } from './cursor';
import { GridHead } from './grid-head';
import { GridRow } from './grid-row';
import classes from './grid.module.css';
import { useCellLabel } from './use-cell-label';
import { useClipboard } from './use-clipboard';
import type { SheetKeys } from './use-sheet-keys';

const COLUMN = 44;
const NAME = 232;
const AVERAGES = 128;
const HEAD = 84;

interface JournalGridProps {
  page: Schemas['JournalPageView'];
  keys: SheetKeys;
  onOpen(position: Position): void;
  onLesson(position: Position): void;
}

/** Rows are pupils, columns lessons. Only the columns in sight are drawn. */
export function JournalGrid({ page, keys, onOpen, onLesson }: JournalGridProps) {
  const { t, i18n } = useTranslation('journal');
  const { queue } = useEntries();
  const workTypes = useWorkTypes().data;
  const labelOf = useCellLabel();
  const frame = useRef<HTMLDivElement>(null);
  const [window_, setWindow] = useState<Window>({ first: 0, last: 0 });
  const hasFocus = useRef(false);
  const { cursor, range, left } = keys;
  const { lessons, students } = page;
  const columns = columnsToDraw(window_, cursor.column);

  const look = useCallback(() => {
    const { current } = frame;
    if (!current) return;
    const next = columnWindow(
      current.scrollLeft,
      current.clientWidth - NAME - AVERAGES,
      COLUMN,
      lessons.length,
    );
    setWindow((now) => (now.first === next.first && now.last === next.last ? now : next));
  }, [lessons.length]);
  useLayoutEffect(() => {
    look();
    const observer = new ResizeObserver(look);
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, [look]);

  // The cell of the cursor is brought clear of the sticky head and sides, and takes the focus if the grid has it.
  useLayoutEffect(() => {
    const { current } = frame;
    const row = current?.querySelector<HTMLElement>(`[data-row="${cursor.row}"]`);
    if (!current || !row) return;
    const name = row.firstElementChild!.clientWidth;
    const x = cursor.column * COLUMN;
    const seen = current.clientWidth - name - AVERAGES;
    if (x < current.scrollLeft) current.scrollLeft = x;
    else if (x + COLUMN > current.scrollLeft + seen) current.scrollLeft = x + COLUMN - seen;
    const y = row.offsetTop - HEAD;
    const height = current.clientHeight - HEAD;
    if (y < current.scrollTop) current.scrollTop = y;
    else if (y + row.offsetHeight > current.scrollTop + height) {
      current.scrollTop = y + row.offsetHeight - height + 1;
    }
    if (hasFocus.current) {
      row.querySelector<HTMLElement>(`[data-column="${cursor.column}"]`)?.focus({ preventScroll: true });
    }
  }, [cursor.row, cursor.column]);
  // On opening the cell of the last lesson held is ready to be typed into.
  useEffect(() => {
    frame.current?.querySelector<HTMLElement>('[data-active]')?.focus({ preventScroll: true });
  }, []);

  const positionOf = (ref: CellRef): Position | null => {
    const row = students.findIndex(({ studentId }) => studentId === ref.studentId);
    const column = lessons.findIndex(({ lessonId }) => lessonId === ref.lessonId);
    return row < 0 || column < 0 ? null : { row, column };
  };
  const positionAt = (event: MouseEvent): Position | null => {
    const cell = (event.target as Element).closest<HTMLElement>('[data-column]');
    const row = cell?.closest<HTMLElement>('[data-row]');
    return cell && row ? { row: Number(row.dataset.row), column: Number(cell.dataset.column) } : null;
  };
  const weightOf = useCallback(
    (workTypeId: string | null, column: number) => {
      const code = lessons[column]?.workCode;
      const found = workTypeId
        ? workTypes?.find((one) => one.workTypeId === workTypeId)
        : workTypes?.find((one) => one.shortCode === code);
      return found?.weight ?? 1;
    },
    [workTypes, lessons],
  );
  const number = useCallback(
    (value: number | null) =>
      value === null
        ? '—'
        : value.toLocaleString(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    [i18n.language],
  );
  const openLesson = useCallback((column: number) => onLesson({ row: 0, column }), [onLesson]);

  useClipboard(frame, keys, ({ row, column }) =>
    textOf(queue.cell({ lessonId: lessons[column]!.lessonId, studentId: students[row]!.studentId })),
  );

  return (
    <div
      ref={frame}
      className={classes.frame}
      onScroll={look}
      onFocus={() => (hasFocus.current = true)}
      onBlur={(event) => {
        // A cell that is redrawn elsewhere loses the focus to nobody; the grid still has it.
        if (event.relatedTarget) hasFocus.current = false;
      }}
    >
      <div
        role="grid"
        aria-label={t('page.label', { title: page.title })}
        aria-rowcount={students.length + 2}
        aria-colcount={lessons.length + 3}
        aria-multiselectable
        className={classes.grid}
        style={{ '--columns': lessons.length } as React.CSSProperties}
        onKeyDown={(event) => keys.onKeyDown(event, positionOf)}
        onMouseDown={(event) => {
          const position = positionAt(event);
          if (!position || event.button !== 0) return;
          hasFocus.current = true;
          keys.goTo(position, event.shiftKey);
          event.preventDefault();
          (event.target as Element).closest<HTMLElement>('[data-column]')?.focus({ preventScroll: true });
        }}
        onDoubleClick={(event) => {
          const position = positionAt(event);
          if (position) onOpen(position);
        }}
      >
        <GridHead lessons={lessons} columns={columns} current={cursor.column} onLesson={openLesson} />
        <div role="rowgroup">
          {students.map((student, row) => (
            <GridRow
              key={student.studentId}
              queue={queue}
              student={student}
              row={row}
              lessons={lessons}
              columns={columns}
              active={row === cursor.row ? cursor.column : -1}
              selected={range.top <= row && row <= range.bottom ? range : null}
              justLeft={left?.row === row ? left.column : -1}
              labelOf={labelOf}
              weightOf={weightOf}
              number={number}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
