import { Paper, Stack } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigationType, useParams } from 'react-router';
import { useWorking } from '../../session/workspace';
import { EmptyState } from '../../ui/empty-state';
import { ErrorAlert } from '../../ui/error-alert';
import { shortName } from '../../ui/names';
import { useChildren, useZone } from './children';
import { DayCard, DaySkeleton } from './day-card';
import { DiaryFrame } from './diary-frame';
import classes from './diary.module.css';
import { useEarlier, useWeek } from './queries';
import { tasksOfLessons } from './tasks';
import { useWeekUrl } from './use-week-url';
import { useIsNew } from './visit';
import { WeekBar } from './week-bar';
import { todayIn } from './week';

export function Component() {
  const { studentId = '' } = useParams();
  // Another child is another diary: open details and the place on the page are not carried over.
  return <Week key={studentId} studentId={studentId} />;
}

function Week({ studentId }: { studentId: string }) {
  const { t } = useTranslation('diary');
  const { workspace } = useWorking();
  const today = todayIn(useZone(studentId));
  const { monday, choose, swipe } = useWeekUrl(today);
  const week = useWeek(studentId, monday);
  const earlier = useEarlier(studentId, monday, week.isSuccess);
  const isNew = useIsNew(studentId);
  const { weekTop, todayCard } = usePlace(monday, week.data !== undefined);
  const canTick = workspace.kind === 'family';
  const own = useChildren().find((child) => child.studentId === studentId);
  const name = own ? shortName(own) : week.data?.studentName;
  const known = [...(earlier.data?.days ?? []), ...(week.data?.days ?? [])];
  const isEmpty = week.data?.days.every(({ lessons, dayOff }) => lessons.length === 0 && !dayOff);
  return (
    <DiaryFrame studentId={studentId} view="diary" pupil={week.data}>
      <WeekBar monday={monday} today={today} name={name} onChoose={choose} />
      <Stack gap="sm" ref={weekTop} aria-busy={week.isPending} className={classes.week} {...swipe}>
        {week.isPending && [5, 6, 6].map((lessons, at) => <DaySkeleton key={at} lessons={lessons} />)}
        {week.isError && !week.data && (
          <ErrorAlert title={t('week.failed')} error={week.error} onRetry={() => void week.refetch()} />
        )}
        {isEmpty ? (
          <Paper>
            <EmptyState
              icon={<IconCalendarOff size={40} stroke={1.5} aria-hidden />}
              title={t('week.emptyTitle')}
              hint={t('week.emptyHint')}
            />
          </Paper>
        ) : (
          week.data?.days.map((day) => (
            <DayCard
              key={day.date}
              ref={day.date === today ? todayCard : undefined}
              studentId={studentId}
              day={day}
              tasks={tasksOfLessons(known, day)}
              today={today}
              isNew={isNew}
              canTick={canTick}
            />
          ))
        )}
      </Stack>
    </DiaryFrame>
  );
}

/**
 * Opens the current week on today, any other on its Monday. Coming back to the page, the place that the browser
 * remembers is the right one.
 */
function usePlace(monday: string, isReady: boolean) {
  const weekTop = useRef<HTMLDivElement>(null);
  const todayCard = useRef<HTMLElement>(null);
  const isReturn = useNavigationType() === 'POP' && window.history.state?.idx > 0;
  const shown = useRef(isReturn ? monday : null);
  useEffect(() => {
    if (!isReady || shown.current === monday) return;
    const isFirst = shown.current === null;
    shown.current = monday;
    const top = weekTop.current;
    if (todayCard.current) todayCard.current.scrollIntoView({ block: 'start' });
    else if (!isFirst && top && top.getBoundingClientRect().top < 0) top.scrollIntoView({ block: 'start' });
  }, [monday, isReady]);
  return { weekTop, todayCard };
}
