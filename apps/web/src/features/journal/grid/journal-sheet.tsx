import { Group, Stack } from '@mantine/core';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import { useFormats } from '../../../i18n/use-formats';
import { useToday } from '../dates';
import { SaveState } from '../entries/save-state';
import type { CellRef } from '../entries/types';
import { useAttendanceTaken } from '../lesson/all-present';
import { isAway } from './cell-text';
import { lastHeld } from './columns';
import type { Position } from './cursor';
import { GridHelp } from './grid-help';
import { JournalGrid } from './journal-grid';
import { LessonStrip } from './lesson-strip';
import { useGridSettings } from './settings';
import { UndoButtons } from './undo-buttons';
import { useSheetKeys } from './use-sheet-keys';

const CellCard = lazy(() => import('../cell-card/cell-card'));
const LessonDrawer = lazy(() => import('../lesson/lesson-drawer'));

const focusCell = () =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[role=grid] [data-active]')?.focus());

/** The journal of a period with its toolbar. */
export function JournalSheet({ page }: { page: Schemas['JournalPageView'] }) {
  const { t } = useTranslation('journal');
  const formats = useFormats();
  const today = useToday();
  const [settings, setSettings] = useGridSettings();
  const [card, setCard] = useState<Position | null>(null);
  const [described, setDescribed] = useState<string | null>(null);
  const { lessons, students } = page;
  const describe = useCallback(
    ({ column }: Position) => setDescribed(lessons[column]?.lessonId ?? null),
    [lessons],
  );
  const attendance = useAttendanceTaken();
  const keys = useSheetKeys({
    size: { rows: students.length, columns: lessons.length, page: 12 },
    start: {
      row: 0,
      column: lastHeld(
        lessons.map(({ date }) => date),
        today,
      ),
    },
    refAt: ({ row, column }) => {
      const lesson = lessons[column];
      const student = students[row];
      return lesson?.isOpen && student ? { lessonId: lesson.lessonId, studentId: student.studentId } : null;
    },
    settings,
    onOpen: setCard,
    onLesson: describe,
    onAllPresent: ({ column }) => {
      const { lessonId, isOpen, attendanceTaken } = lessons[column]!;
      if (isOpen && !attendance.isPending) attendance.start({ lessonId, isTaken: !attendanceTaken });
    },
  });
  const { cursor } = keys;
  const lesson = lessons[cursor.column]!;
  const student = students[cursor.row]!;
  const positionOf = useCallback(
    (ref: CellRef): Position | null => {
      const row = students.findIndex(({ studentId }) => studentId === ref.studentId);
      const column = lessons.findIndex(({ lessonId }) => lessonId === ref.lessonId);
      return row < 0 || column < 0 ? null : { row, column };
    },
    [students, lessons],
  );
  const nameOf = useCallback(
    (position: Position | null) => {
      const who = position && students[position.row];
      const when = position && lessons[position.column];
      return who && when
        ? `${who.name}, ${t('page.lesson', { day: formats.day(when.date), number: when.lessonNumber })}`
        : null;
    },
    [students, lessons, t, formats],
  );
  const naming = useCallback((ref: CellRef) => nameOf(positionOf(ref)), [nameOf, positionOf]);
  const latestRun = useRef(keys.run);
  useEffect(() => {
    latestRun.current = keys.run;
  });
  const turn = useCallback(
    (type: 'undo' | 'redo') => {
      latestRun.current({ type }, positionOf);
      focusCell();
    },
    [positionOf],
  );
  /** What is typed after a dialog goes into the grid again. */
  const close = () => {
    setCard(null);
    setDescribed(null);
    focusCell();
  };
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <SaveState naming={naming} />
        <Group gap="xs">
          <UndoButtons turn={turn} />
          <GridHelp settings={settings} onChange={setSettings} />
        </Group>
      </Group>
      <LessonStrip
        lesson={lesson}
        student={student}
        selected={keys.selected.length}
        attendance={attendance}
        hasAbsent={students.some(({ studentId }) =>
          isAway(keys.sheet.cell({ lessonId: lesson.lessonId, studentId }).attendance),
        )}
        onDescribe={() => describe(cursor)}
      />
      <JournalGrid page={page} keys={keys} positionOf={positionOf} onOpen={setCard} onLesson={describe} />
      <Suspense fallback={null}>
        {card && (
          <CellCard
            at={{ lessonId: lessons[card.column]!.lessonId, studentId: students[card.row]!.studentId }}
            title={nameOf(card) ?? ''}
            isOpen={lessons[card.column]!.isOpen}
            closedBecause={lessons[card.column]!.closedBecause}
            onClose={close}
          />
        )}
        {described && <LessonDrawer lessonId={described} onClose={close} />}
      </Suspense>
    </Stack>
  );
}
