import { Paper, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { lazy, Suspense, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import { useFormats } from '../../../i18n/use-formats';
import { EmptyState } from '../../../ui/empty-state';
import { useEntries } from '../entries/use-entries';
import { LETTERS } from '../grid/cell-text';
import { useCellLabel, useClosedText } from '../grid/use-cell-label';
import { useGridSettings } from '../grid/settings';
import { useSheetKeys } from '../grid/use-sheet-keys';
import { RequestOpening } from '../../openings/request-opening';
import { Pad } from './pad';
import classes from './pupils.module.css';

const CellCard = lazy(() => import('../cell-card/cell-card'));

interface PupilListProps {
  card: Schemas['LessonCard'];
  /** Ctrl+H */
  onLesson(): void;
  /** П */
  onAllPresent(): void;
}

/** One lesson, a list of pupils: the keys of the journal grid, and a pad for fingers. */
export function PupilList({ card, onLesson, onAllPresent }: PupilListProps) {
  const { t } = useTranslation('journal');
  const { queue } = useEntries();
  const [settings] = useGridSettings();
  const labelOf = useCellLabel();
  const closedText = useClosedText();
  const formats = useFormats();
  const [isCardOpen, setCardOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const { list: students, lessonId } = card;
  const isOpen = card.isMine && card.isOpen;
  const { closedBecause } = card;
  const keys = useSheetKeys({
    size: { rows: students.length, columns: 1, page: 10 },
    start: { row: 0, column: 0 },
    refAt: ({ row }) => (isOpen && students[row] ? { lessonId, studentId: students[row].studentId } : null),
    settings: { ...settings, after: 'down' },
    onOpen: () => setCardOpen(true),
    onLesson,
    onAllPresent: () => isOpen && onAllPresent(),
  });
  useSyncExternalStore(queue.subscribe, queue.revision);
  const { row } = keys.cursor;
  const positionOf = (ref: { studentId: string }) => {
    const index = students.findIndex(({ studentId }) => studentId === ref.studentId);
    return index < 0 ? null : { row: index, column: 0 };
  };
  useLayoutEffect(() => {
    const current = list.current?.querySelector<HTMLElement>(`[data-row="${row}"]`);
    if (!current) return;
    if (list.current!.contains(document.activeElement)) current.focus({ preventScroll: true });
    current.scrollIntoView({ block: 'nearest' });
  }, [row]);
  if (students.length === 0) {
    return (
      <EmptyState icon={<IconUsers size={40} stroke={1.5} aria-hidden />} title={t('lesson.noPupils')} />
    );
  }
  const student = students[row]!;
  const lesson = { ...card, isOpen, closedBecause };
  return (
    <div className={classes.sheet}>
      <Paper
        ref={list}
        role="grid"
        aria-label={t('lesson.pupilsLabel', { title: card.groupTitle })}
        className={classes.list}
        onKeyDown={(event) => {
          // One column: Tab leaves the list instead of walking through it.
          if (event.key !== 'Tab') keys.onKeyDown(event, positionOf);
        }}
      >
        {students.map((one, index) => {
          const cell = queue.cell({ lessonId, studentId: one.studentId });
          return (
            <div key={one.studentId} role="row" className={classes.row}>
              <div
                role="gridcell"
                tabIndex={index === row ? 0 : -1}
                aria-selected={keys.range.top <= index && index <= keys.range.bottom}
                aria-readonly={!isOpen || undefined}
                className={classes.pupil}
                data-row={index}
                data-active={index === row || undefined}
                data-just-left={keys.left?.row === index || undefined}
                onClick={(event) => {
                  keys.goTo({ row: index, column: 0 }, event.shiftKey);
                  event.currentTarget.focus({ preventScroll: true });
                }}
              >
                <VisuallyHidden>{labelOf(one, lesson)}</VisuallyHidden>
                <span className={classes.ordinal} aria-hidden>
                  {index + 1}
                </span>
                <span className={classes.name} aria-hidden>
                  {one.name}
                </span>
                {cell.attendance && (
                  <span aria-hidden className={classes.letter} title={t(`attendance.${cell.attendance}`)}>
                    {LETTERS[cell.attendance]}
                  </span>
                )}
                {cell.marks.map((mark) => (
                  <span key={mark.ref} aria-hidden className={classes.mark} data-value={mark.value}>
                    {mark.value}
                  </span>
                ))}
                <span aria-hidden className={classes.state} data-state={cell.state} />
              </div>
            </div>
          );
        })}
      </Paper>
      {isOpen ? (
        <Pad
          name={student.name}
          cell={queue.cell({ lessonId, studentId: student.studentId })}
          position={{ row, count: students.length }}
          onCommand={(command) => keys.run(command, positionOf)}
        />
      ) : (
        // In the place of the pad: why nothing can be entered is seen before the end of a long list.
        <Stack gap="xs" align="flex-start" className={classes.pad}>
          <Text size="sm" c="dimmed">
            {closedText(closedBecause)}
          </Text>
          {closedBecause === 'journal.entry-window-closed' && (
            <RequestOpening
              lessonId={lessonId}
              lesson={t('page.lesson', { day: formats.day(card.date), number: card.lessonNumber })}
              opening={card.opening?.state ?? null}
              answer={card.opening?.answer}
            />
          )}
        </Stack>
      )}
      <Suspense fallback={null}>
        {isCardOpen && (
          <CellCard
            at={{ lessonId, studentId: student.studentId }}
            title={student.name}
            isOpen={isOpen}
            closedBecause={closedBecause}
            onClose={() => {
              setCardOpen(false);
              requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[data-active]')?.focus());
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
