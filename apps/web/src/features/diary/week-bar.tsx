import { ActionIcon } from '@mantine/core';
import { IconCalendar, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './diary.module.css';
import { useDates } from './use-dates';
import { addDays, isDate, mondayOf } from './week';

interface WeekBarProps {
  monday: string;
  today: string;
  onChoose(date: string): void;
}

export function WeekBar({ monday, today, onChoose }: WeekBarProps) {
  const { t } = useTranslation('diary');
  const dates = useDates();
  const input = useRef<HTMLInputElement>(null);
  const isCurrent = monday === mondayOf(today);
  return (
    <div className={classes.weekBar} role="group" aria-label={t('week.label')}>
      <ActionIcon
        variant="subtle"
        size={44}
        aria-label={t('week.previous')}
        onClick={() => onChoose(addDays(monday, -7))}
      >
        <IconChevronLeft size={22} aria-hidden />
      </ActionIcon>
      <div className={classes.weekTitle}>
        <span aria-live="polite">{dates.span(monday, addDays(monday, 6))}</span>
        {!isCurrent && (
          <button type="button" className={classes.toToday} onClick={() => onChoose(today)}>
            {t('week.current')}
          </button>
        )}
      </div>
      <span className={classes.datePicker}>
        <IconCalendar size={22} stroke={1.75} aria-hidden />
        {/* The picker of the device itself: no script of ours is as good under a thumb. */}
        <input
          ref={input}
          type="date"
          aria-label={t('week.choose')}
          value={monday}
          onClick={() => showPicker(input.current)}
          onChange={({ target }) => isDate(target.value) && onChoose(target.value)}
        />
      </span>
      <ActionIcon
        variant="subtle"
        size={44}
        aria-label={t('week.next')}
        onClick={() => onChoose(addDays(monday, 7))}
      >
        <IconChevronRight size={22} aria-hidden />
      </ActionIcon>
    </div>
  );
}

function showPicker(input: HTMLInputElement | null): void {
  try {
    input?.showPicker();
  } catch {
    // An older browser, or a frame that may not: the field can still be typed into.
  }
}
