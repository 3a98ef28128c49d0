import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import { useFormats } from '../../../i18n/use-formats';
import type { CellRef } from '../entries/types';
import { useEntries } from '../entries/use-entries';
import { useWorkTypes } from '../queries';
import { textOf } from './cell-text';
import type { Position } from './cursor';
import { GridHead } from './grid-head';
import { GridRow } from './grid-row';
import classes from './grid.module.css';
import { useCellLabel } from './use-cell-label';
import { useClipboard } from './use-clipboard';
import type { SheetKeys } from './use-sheet-keys';
import { useSight } from './use-sight';

interface JournalGridProps {
  page: Schemas['JournalPageView'];
  keys: SheetKeys;
  positionOf(ref: CellRef): Position | null;
  onOpen(position: Position): void;
  onLesson(position: Position): void;
}

/** Rows are pupils, columns lessons. Only the cells in sight are drawn. */
export function JournalGrid({ page, keys, positionOf, onOpen, onLesson }: JournalGridProps) {
  const { t } = useTranslation('journal');
  const formats = useFormats();
  const { queue } = useEntries();
  const workTypes = useWorkTypes().data;
  const labelOf = useCellLabel();
  const frame = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  const { cursor, range, left } = keys;
  const { row: cursorRow, column: cursorColumn } = cursor;
  const { lessons, students } = page;
  const { sight, reveal, onScroll } = useSight(frame, {
    rows: students.length,
    columns: lessons.length,
    cursor,
  });

  // The cell of the cursor is brought into sight, and takes the focus if the grid has it.
  useLayoutEffect(() => {
    reveal({ row: cursorRow, column: cursorColumn });
    if (!hasFocus.current) return;
    frame.current
      ?.querySelector<HTMLElement>(`[data-row="${cursorRow}"] [data-column="${cursorColumn}"]`)
      ?.focus({ preventScroll: true });
  }, [cursorRow, cursorColumn, reveal]);
  // On opening the cell of the last lesson held is ready to be typed into.
  useEffect(() => {
    frame.current?.querySelector<HTMLElement>('[data-active]')?.focus({ preventScroll: true });
  }, []);

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
  const averageTexts = useMemo(
    () => ({ average: t('page.averageLong'), weighted: t('page.weightedLong'), number: formats.average }),
    [t, formats],
  );
  const openLesson = useCallback((column: number) => onLesson({ row: 0, column }), [onLesson]);

  useClipboard(frame, keys, ({ row, column }) =>
    textOf(queue.cell({ lessonId: lessons[column]!.lessonId, studentId: students[row]!.studentId })),
  );

  return (
    <div
      ref={frame}
      className={classes.frame}
      onScroll={onScroll}
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
        <GridHead
          lessons={lessons}
          firstChunk={sight.firstChunk}
          lastChunk={sight.lastChunk}
          current={cursor.column}
          onLesson={openLesson}
        />
        <div role="rowgroup">
          {students.map((student, row) => (
            <GridRow
              key={student.studentId}
              queue={queue}
              student={student}
              row={row}
              lessons={lessons}
              isNear={sight.firstRow <= row && row <= sight.lastRow}
              firstChunk={sight.firstChunk}
              lastChunk={sight.lastChunk}
              active={row === cursor.row ? cursor.column : -1}
              selected={range.top <= row && row <= range.bottom ? range : null}
              justLeft={left?.row === row ? left.column : -1}
              labelOf={labelOf}
              averageTexts={averageTexts}
              weightOf={weightOf}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
