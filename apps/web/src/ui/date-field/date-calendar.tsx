import { DatePicker } from '@mantine/dates';
import 'dayjs/locale/ru';
import '@mantine/dates/styles.css';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../use-phone';
import classes from './date-field.module.css';
import { inWords } from './date-text';

interface DateCalendarProps {
  value: string | null;
  today: string;
  min?: string;
  max?: string;
  onChoose(date: string): void;
}

/**
 * A month to choose a day from. What the picker lacks as it comes: names of its arrows, a contrast of weekends and of days
 * out of range that can be read, weekdays in a day’s name. The month and the year are named by what stands on them.
 */
export default function DateCalendar({ value, today, min, max, onChoose }: DateCalendarProps) {
  const { t, i18n } = useTranslation();
  const isPhone = usePhone();
  return (
    <DatePicker
      value={value}
      defaultDate={value ?? today}
      minDate={min}
      maxDate={max}
      onChange={(date) => date && onChoose(date)}
      allowDeselect={false}
      locale={i18n.language}
      firstDayOfWeek={1}
      weekendDays={[0, 6]}
      hideOutsideDates
      // The picker would mark the browser's day, which may be another one than the school's.
      highlightToday={false}
      size={isPhone ? 'lg' : 'sm'}
      classNames={{ day: classes.day, weekday: classes.weekday, calendarHeaderControl: classes.control }}
      getDayAriaLabel={(date) => inWords(date, i18n.language, today)}
      getDayProps={(date) => ({
        'aria-pressed': date === value,
        'aria-current': date === today ? 'date' : undefined,
        'data-autofocus': date === (value ?? today) || undefined,
      })}
      ariaLabels={{
        previousMonth: t('date.previousMonth'),
        nextMonth: t('date.nextMonth'),
        previousYear: t('date.previousYear'),
        nextYear: t('date.nextYear'),
        previousDecade: t('date.previousDecade'),
        nextDecade: t('date.nextDecade'),
      }}
    />
  );
}
