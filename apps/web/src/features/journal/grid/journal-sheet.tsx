import { ActionIcon, Group, Stack, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import { useFormats } from '../../../i18n/use-formats';
import { useToday } from '../dates';
import { SaveState } from '../entries/save-state';
import { useEntries } from '../entries/use-entries';
import { lastHeld } from './columns';
import type { Position } from './cursor';
import { GridHelp } from './grid-help';
import { JournalGrid } from './journal-grid';
import { LessonStrip } from './lesson-strip';
import { useGridSettings } from './settings';
import { useSheetKeys } from './use-sheet-keys';

const CellCard = lazy(() => import('../cell-card/cell-card'));
const LessonDrawer = lazy(() => import('../lesson/lesson-drawer'));

/** The journal of a period with its toolbar. */
export function JournalSheet({ page }: { page: Schemas['JournalPageView'] }) {
  const { t } = useTranslation('journal');
  const formats = useFormats();
  const today = useToday();
  const { sitting } = useEntries();
  const [settings, setSettings] = useGridSettings();
  const [card, setCard] = useState<Position | null>(null);
  const [described, setDescribed] = useState<string | null>(null);
  const { lessons, students } = page;
  const describe = useCallback(
    ({ column }: Position) => setDescribed(lessons[column]?.lessonId ?? null),
    [lessons],
  );
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
  });
  const { cursor } = keys;
  const lesson = lessons[cursor.column]!;
  const student = students[cursor.row]!;
  const nameOf = (who: { name: string } | undefined, when: Schemas['PageLesson'] | undefined) =>
    who && when
      ? `${who.name}, ${t('page.lesson', { day: formats.day(when.date), number: when.lessonNumber })}`
      : null;
  const back = () => keys.goTo(cursor);
  /** What is typed after a dialog goes into the grid again. */
  const close = () => {
    setCard(null);
    setDescribed(null);
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[role=grid] [data-active]')?.focus());
  };
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <SaveState
          naming={(ref) =>
            nameOf(
              students.find((one) => one.studentId === ref.studentId),
              lessons.find((one) => one.lessonId === ref.lessonId),
            )
          }
        />
        <Group gap="xs">
          <Tooltip label={t('page.undo')}>
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t('page.undo')}
              aria-keyshortcuts="Control+Z"
              onClick={() => (sitting.undo(), back())}
            >
              <IconArrowBackUp size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('page.redo')}>
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t('page.redo')}
              aria-keyshortcuts="Control+Shift+Z"
              onClick={() => (sitting.redo(), back())}
            >
              <IconArrowForwardUp size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <GridHelp settings={settings} onChange={setSettings} />
        </Group>
      </Group>
      <LessonStrip
        lesson={lesson}
        student={student}
        selected={keys.selected.length}
        onDescribe={() => describe(cursor)}
      />
      <JournalGrid page={page} keys={keys} onOpen={setCard} onLesson={describe} />
      <Suspense fallback={null}>
        {card && (
          <CellCard
            at={{ lessonId: lessons[card.column]!.lessonId, studentId: students[card.row]!.studentId }}
            title={nameOf(students[card.row], lessons[card.column]) ?? ''}
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
