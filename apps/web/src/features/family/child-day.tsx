import { Avatar, Paper, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { IconBeach } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { initials, shortName } from '../../ui/names';
import { ErrorAlert } from '../../ui/error-alert';
import { useZone, type Child } from '../diary/children';
import diary from '../diary/diary.module.css';
import { useAround } from '../diary/queries';
import { nextSchoolDay } from '../diary/tasks';
import type { Day } from '../diary/types';
import { useNews } from '../diary/visit';
import { todayIn } from '../diary/week';
import classes from './home.module.css';
import { NewsList } from './news-list';
import { NextDay } from './next-day';
import { TodayLesson } from './today-lesson';

/** One child's day: a section with its own loading and its own failure. */
export function ChildDay({ child, isNamed }: { child: Child; isNamed: boolean }) {
  const { t } = useTranslation('diary');
  const { studentId } = child;
  const today = todayIn(useZone(studentId));
  const around = useAround(studentId, today);
  const days = around.data?.days;
  const { news, read } = useNews(studentId, days);
  const name = shortName(child);
  return (
    <section aria-label={name} aria-busy={around.isPending}>
      <Stack gap="sm">
        {isNamed ? <ChildHead child={child} /> : <VisuallyHidden component="h2">{name}</VisuallyHidden>}
        {around.isPending && <ChildSkeleton />}
        {around.isError && !days && (
          <ErrorAlert
            title={t('home.failed', { name })}
            error={around.error}
            onRetry={() => void around.refetch()}
          />
        )}
        {days && (
          <>
            <NewsList news={news} onRead={read} />
            <TodayLessons studentId={studentId} day={days.find(({ date }) => date === today)} />
            <NextDay studentId={studentId} days={days} day={nextSchoolDay(days, today)} />
          </>
        )}
      </Stack>
    </section>
  );
}

function ChildHead({ child }: { child: Child }) {
  const { t } = useTranslation('family');
  return (
    <div className={classes.child}>
      <Avatar size={44} color="ink" variant="filled" aria-hidden>
        {initials(child)}
      </Avatar>
      <div className={classes.childName}>
        <h2>{shortName(child)}</h2>
        <p className={diary.quiet}>
          {child.classTitle ? t('class', { title: child.classTitle }) : t('noClass')}
        </p>
      </div>
    </div>
  );
}

function TodayLessons({ studentId, day }: { studentId: string; day: Day | undefined }) {
  const { t } = useTranslation('diary');
  const lessons = day?.lessons ?? [];
  return (
    <Paper className={classes.panel}>
      <div className={classes.panelHead}>
        <h3>{t('home.lessons')}</h3>
        <Link to={`/diary/${studentId}`} className={classes.link}>
          {t('home.openWeek')}
        </Link>
      </div>
      {lessons.length === 0 ? (
        <p className={classes.nothing}>
          {day?.dayOff && <IconBeach size={20} stroke={1.75} aria-hidden />}
          {day?.dayOff ?? t('home.noLessons')}
        </p>
      ) : (
        <ol className={diary.lessons}>
          {lessons.map((lesson) => (
            <TodayLesson key={lesson.lessonId} lesson={lesson} />
          ))}
        </ol>
      )}
    </Paper>
  );
}

function ChildSkeleton() {
  return [2, 5, 4].map((rows) => (
    <Paper key={rows} className={classes.panel}>
      <div className={classes.panelHead}>
        <Skeleton h={16} w="40%" />
      </div>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={classes.row}>
          <Skeleton h={28} w={28} />
          <div className={classes.rowBody}>
            <Skeleton h={14} w={`${45 + ((row * 11) % 30)}%`} mb={8} />
            <Skeleton h={12} w="60%" />
          </div>
        </div>
      ))}
    </Paper>
  ));
}
