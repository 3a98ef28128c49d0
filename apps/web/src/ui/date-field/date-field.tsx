import { ActionIcon, Popover, Skeleton, TextInput, type TextInputProps } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { lazy, Suspense, useContext, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { TimeZoneContext } from '../../i18n/use-formats';
import { inFigures, inWords, parseDate, shift, withDots } from './date-text';

const DateCalendar = lazy(() => import('./date-calendar'));

interface DateFieldProps extends Omit<
  TextInputProps,
  'value' | 'defaultValue' | 'onChange' | 'type' | 'min' | 'max' | 'rightSection'
> {
  /** `YYYY-MM-DD` */
  value: string | null;
  min?: string;
  max?: string;
  /** whether it may be emptied */
  isClearable?: boolean;
  onChange(date: string | null): void;
}

/**
 * A date: «сб, 21 ноября» to read, «21.11.2026» to type, arrows for the day before and after, a calendar for the mouse and
 * the thumb. What is no date stays in the field and says so; the value is the last good one.
 */
export function DateField({ value, min, max, isClearable, onChange, ...rest }: DateFieldProps) {
  const { t, i18n } = useTranslation();
  const today = new Intl.DateTimeFormat('en-CA', {
    timeZone: useContext(TimeZoneContext),
    dateStyle: 'short',
  }).format(new Date());
  // What is being typed; null while nobody types.
  const [typed, setTyped] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const isFixed = rest.readOnly || rest.disabled;

  const isOutside = (date: string) => (min !== undefined && date < min) || (max !== undefined && date > max);
  const set = (date: string | null) => {
    setWrong(false);
    if (date !== value) onChange(date);
  };
  const commit = (text: string | null): boolean => {
    if (text === null) return true;
    if (text.trim() === '' && isClearable) set(null);
    else {
      const date = parseDate(text, today);
      if (!date || isOutside(date)) {
        setWrong(true);
        return false;
      }
      set(date);
    }
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isFixed) return;
    if (event.key === 'Enter' && !commit(typed)) event.preventDefault();
    if (event.key === 'Escape' && typed !== null && value && typed !== inFigures(value)) {
      event.stopPropagation();
      setWrong(false);
      setTyped(inFigures(value));
    }
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    if (event.altKey) return setOpen(true);
    const from = parseDate(typed ?? '', today) ?? value ?? shift(today, event.key === 'ArrowUp' ? -1 : 1);
    const to = shift(from, event.key === 'ArrowUp' ? 1 : -1);
    if (isOutside(to)) return;
    set(to);
    setTyped(inFigures(to));
  };
  const shown = typed ?? (value ? inWords(value, i18n.language, today) : '');
  const range =
    min && max
      ? t('date.between', { from: inFigures(min), to: inFigures(max) })
      : min
        ? t('date.from', { from: inFigures(min) })
        : max && t('date.to', { to: inFigures(max) });
  const why = (parseDate(typed ?? '', today) && range) || t('date.wrong');
  // In a portal: in its place the field's own layer lies below the navigation.
  const calendar = (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="dimmed"
          aria-label={t('date.open')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setOpen(!isOpen)}
        >
          <IconCalendar size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('date.choose')} c="var(--mantine-color-text)">
        <Suspense fallback={<Skeleton h={260} w={250} />}>
          {isOpen && (
            <DateCalendar
              value={value}
              today={today}
              min={min}
              max={max}
              onChoose={(date) => {
                set(date);
                setTyped(null);
                setOpen(false);
              }}
            />
          )}
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
  return (
    <TextInput
      {...rest}
      inputMode="numeric"
      autoComplete="off"
      placeholder={rest.placeholder ?? t('date.placeholder')}
      value={shown}
      error={isWrong ? why : rest.error}
      onFocus={(event) => {
        if (isFixed || typed !== null) return;
        setTyped(value ? inFigures(value) : '');
        const input = event.currentTarget;
        requestAnimationFrame(() => input.select());
      }}
      onBlur={() => {
        if (commit(typed)) setTyped(null);
      }}
      onChange={({ currentTarget }) => {
        const text = withDots(typed ?? '', currentTarget.value);
        setTyped(text);
        if (isWrong && parseDate(text, today)) setWrong(false);
      }}
      onKeyDown={onKeyDown}
      rightSectionPointerEvents="auto"
      rightSection={isFixed ? null : calendar}
      // The calendar lives in this section: icons of the fields below it stand in sections of the same height.
      styles={isOpen ? { section: { zIndex: 10 } } : undefined}
    />
  );
}
