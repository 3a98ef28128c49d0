import { Group, Paper, Skeleton, Stack } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/types';
import { EmptyState } from '../../ui/empty-state';
import { ErrorAlert } from '../../ui/error-alert';
import { ResultCount } from '../../ui/result-count';
import { useUrlFilters } from '../../ui/use-url-filters';
import { isDate, useClock, useToday } from '../journal/dates';
import { DayPicker } from '../journal/day-picker';
import { useLessonsOfDay } from '../journal/queries';
import { LessonLine } from './lesson-line';
import classes from './lesson-line.module.css';

/** The teacher’s lessons of a day with what is filled in. */
export function DaySection() {
  const { t } = useTranslation('journal');
  const { params, set } = useUrlFilters();
  const today = useToday();
  const clock = useClock();
  const asked = params.get('date');
  const date = isDate(asked) ? asked : today;
  const day = useLessonsOfDay(date);
  const lessons = day.data?.lessons;
  const standing = date === today && lessons ? standingOf(lessons, clock) : null;
  return (
    <Stack gap="sm" component="section" aria-label={t('day.title')}>
      <Group justify="space-between" gap="xs">
        <DayPicker date={date} onDate={(to) => set({ date: to === today ? null : to })} />
        <ResultCount text={lessons && t('day.count', { count: lessons.length })} />
      </Group>
      {day.isError && <ErrorAlert error={day.error} onRetry={() => void day.refetch()} />}
      {!day.isError && (
        <Paper style={{ overflow: 'hidden' }} aria-busy={day.isPending}>
          {lessons?.length === 0 && (
            <EmptyState
              icon={<IconCalendarOff size={40} stroke={1.5} aria-hidden />}
              title={t('day.emptyTitle')}
              hint={t('day.emptyHint')}
            />
          )}
          <ul className={classes.list}>
            {day.isPending && [0, 1, 2, 3].map((at) => <LineSkeleton key={at} />)}
            {lessons?.map((lesson) => (
              <LessonLine
                key={lesson.lessonId}
                lesson={lesson}
                standing={standing?.lessonId === lesson.lessonId ? standing.is : null}
              />
            ))}
          </ul>
        </Paper>
      )}
    </Stack>
  );
}

function standingOf(lessons: Schemas['LessonRow'][], clock: string) {
  const now = lessons.find(({ startsAt, endsAt }) => startsAt <= clock && clock < endsAt);
  if (now) return { lessonId: now.lessonId, is: 'now' as const };
  const next = lessons.find(({ startsAt }) => startsAt > clock);
  return next ? { lessonId: next.lessonId, is: 'next' as const } : null;
}

const LineSkeleton = () => (
  <li>
    <span className={classes.line}>
      <Skeleton h={16} w={110} />
      <span>
        <Skeleton h={14} w="40%" mb={8} />
        <Skeleton h={12} w="60%" />
      </span>
    </span>
  </li>
);
