import { Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { swipeOf } from '../../diary/swipe';
import { ATTENDANCE_CODES, MARK_VALUES, type ShownCell } from '../entries/types';
import { SaveNote } from '../entries/save-note';
import { isEmptyCell } from '../entries/shown-cell';
import { LETTERS, textOf } from '../grid/cell-text';
import type { Command } from '../grid/keys';
import classes from './pupils.module.css';

interface PadProps {
  name: string;
  cell: ShownCell;
  position: { row: number; count: number };
  onCommand(command: Command): void;
}

const pointOf = (touch: { clientX: number; clientY: number } | undefined) =>
  touch ? { x: touch.clientX, y: touch.clientY } : null;

/** Marks and absences for a thumb: what is pressed is put, and the next pupil comes; a stroke sideways goes to the next. */
export function Pad({ name, cell, position, onCommand }: PadProps) {
  const { t } = useTranslation('journal');
  const from = useRef<ReturnType<typeof pointOf>>(null);
  return (
    <div
      className={classes.pad}
      role="group"
      aria-label={t('lesson.pad', { name })}
      onTouchStart={({ touches }) => (from.current = pointOf(touches[0]))}
      onTouchEnd={({ changedTouches }) => {
        const to = pointOf(changedTouches[0]);
        const by = from.current && to ? swipeOf(from.current, to) : 0;
        if (by !== 0) onCommand({ type: 'move', to: by === 1 ? 'down' : 'up', extend: false });
      }}
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text fw={600} truncate>
          {position.row + 1}. {name}
        </Text>
        <Text fw={600} className="parta-tabular" mih={24}>
          {textOf(cell)}
        </Text>
      </Group>
      <SaveNote />
      <div className={classes.keys}>
        {MARK_VALUES.map((value) => (
          <Button
            key={value}
            variant="default"
            className={classes.key}
            onClick={() => onCommand({ type: 'mark', value })}
          >
            {value}
          </Button>
        ))}
        {ATTENDANCE_CODES.map((code) => (
          <Button
            key={code}
            variant="default"
            className={classes.key}
            aria-label={t(`attendance.${code}`)}
            aria-pressed={cell.attendance === code}
            title={t(`attendance.${code}`)}
            onClick={() => onCommand({ type: 'attendance', code })}
          >
            {LETTERS[code]}
          </Button>
        ))}
        <Button
          variant="default"
          className={classes.key}
          aria-label={t('lesson.previousPupil')}
          disabled={position.row === 0}
          onClick={() => onCommand({ type: 'move', to: 'up', extend: false })}
        >
          <IconChevronLeft size={20} aria-hidden />
        </Button>
        <Button
          variant="default"
          className={classes.key}
          disabled={isEmptyCell(cell)}
          onClick={() => onCommand({ type: 'annul' })}
        >
          {t('lesson.annul')}
        </Button>
        <Button variant="default" className={classes.key} onClick={() => onCommand({ type: 'open' })}>
          {t('lesson.more')}
        </Button>
        <Button
          variant="default"
          className={classes.key}
          aria-label={t('lesson.nextPupil')}
          disabled={position.row === position.count - 1}
          onClick={() => onCommand({ type: 'move', to: 'down', extend: false })}
        >
          <IconChevronRight size={20} aria-hidden />
        </Button>
      </div>
    </div>
  );
}
