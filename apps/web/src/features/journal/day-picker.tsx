import { ActionIcon, Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DateField } from '../../ui/date-field/date-field';
import { addDays, useToday } from './dates';

/** A day, the days beside it and the way back to today. */
export function DayPicker({ date, onDate }: { date: string; onDate(date: string): void }) {
  const { t } = useTranslation('journal');
  const today = useToday();
  return (
    <Group gap="xs" wrap="nowrap">
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('day.previousDay')}
        onClick={() => onDate(addDays(date, -1))}
      >
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <DateField
        aria-label={t('day.date')}
        value={date}
        style={{ flex: '1 1 168px', minWidth: 168, maxWidth: 190 }}
        onChange={(to) => to && onDate(to)}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('day.nextDay')}
        onClick={() => onDate(addDays(date, 1))}
      >
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
      <Button variant="default" px="xs" disabled={date === today} onClick={() => onDate(today)}>
        {t('day.today')}
      </Button>
    </Group>
  );
}
