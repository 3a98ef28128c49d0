import { ActionIcon } from '@mantine/core';
import { IconCalendar, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './diary.module.css';
import { useDates } from './use-dates';
import { addDays, mondayOf } from './week';

const DateModal = lazy(() => import('../../ui/date-field/date-modal'));

interface WeekBarProps {
  monday: string;
  today: string;
  /** whose diary it is: in sight however far one has scrolled */
  name?: string;
  onChoose(date: string): void;
}

export function WeekBar({ monday, today, name, onChoose }: WeekBarProps) {
  const { t } = useTranslation('diary');
  const dates = useDates();
  const [isChoosing, setChoosing] = useState(false);
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
        {name && <span className={classes.whose}>{name}</span>}
        <span aria-live="polite">{dates.span(monday, addDays(monday, 6))}</span>
        {!isCurrent && (
          <button type="button" className={classes.toToday} onClick={() => onChoose(today)}>
            {t('week.current')}
          </button>
        )}
      </div>
      <ActionIcon
        variant="subtle"
        size={44}
        aria-label={t('week.choose')}
        aria-haspopup="dialog"
        onClick={() => setChoosing(true)}
      >
        <IconCalendar size={22} stroke={1.75} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        size={44}
        aria-label={t('week.next')}
        onClick={() => onChoose(addDays(monday, 7))}
      >
        <IconChevronRight size={22} aria-hidden />
      </ActionIcon>
      <Suspense fallback={null}>
        {isChoosing && (
          <DateModal
            title={t('week.choose')}
            value={monday}
            today={today}
            onChoose={(date) => {
              setChoosing(false);
              onChoose(date);
            }}
            onClose={() => setChoosing(false)}
          />
        )}
      </Suspense>
    </div>
  );
}
