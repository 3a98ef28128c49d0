import { Paper, Skeleton } from '@mantine/core';
import { IconBeach } from '@tabler/icons-react';
import { forwardRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../ui/tone-badge';
import classes from './diary.module.css';
import { HomeworkNote } from './homework-note';
import { LessonItem } from './lesson-item';
import type { DayTasks } from './tasks';
import type { Day, Mark } from './types';
import { useDates } from './use-dates';

interface DayCardProps {
  studentId: string;
  day: Day;
  /** what has to be ready for it */
  tasks: DayTasks;
  today: string;
  isNew(mark: Mark): boolean;
  canTick: boolean;
}

export const DayCard = forwardRef<HTMLElement, DayCardProps>(function DayCard(
  { studentId, day, tasks, today, isNew, canTick },
  ref,
) {
  const { t } = useTranslation('diary');
  const dates = useDates();
  const isEmpty = day.lessons.length === 0;
  return (
    <Paper
      component="section"
      ref={ref}
      className={classes.day}
      data-today={day.date === today || undefined}
      data-empty={isEmpty || undefined}
      aria-labelledby={`day-${day.date}`}
    >
      <div className={classes.dayHead}>
        <h2 id={`day-${day.date}`}>{dates.day(day.date)}</h2>
        {day.date === today && <ToneBadge tone="info">{t('today')}</ToneBadge>}
        <span className={classes.dayNote}>
          {isEmpty ? !day.dayOff && t('day.noLessons') : t('day.lessons', { count: day.lessons.length })}
        </span>
      </div>
      {day.dayOff && (
        <p className={classes.dayOff}>
          <IconBeach size={20} stroke={1.75} aria-hidden />
          {day.dayOff}
        </p>
      )}
      {!isEmpty && (
        <ol className={classes.lessons}>
          {day.lessons.map((lesson) => (
            <LessonItem
              key={lesson.lessonId}
              studentId={studentId}
              lesson={lesson}
              due={tasks.byLesson.get(lesson.lessonId)}
              isNew={isNew}
              canTick={canTick}
            />
          ))}
        </ol>
      )}
      {tasks.others.length > 0 && (
        <div className={classes.others}>
          <h3 className={classes.subject}>{t('homework.forDay')}</h3>
          {tasks.others.map(({ lesson, givenOn }) => (
            <HomeworkNote
              key={lesson.lessonId}
              studentId={studentId}
              lesson={lesson}
              heading={lesson.subjectTitle}
              givenOn={givenOn}
              canTick={canTick}
            />
          ))}
        </div>
      )}
    </Paper>
  );
});

export function DaySkeleton({ lessons }: { lessons: number }) {
  return (
    <Paper className={classes.day}>
      <div className={classes.dayHead}>
        <Skeleton h={16} w="45%" />
      </div>
      <ol className={classes.lessons}>
        {Array.from({ length: lessons }, (_, at) => (
          <li key={at} className={classes.lesson}>
            <div className={classes.lessonHead}>
              <Skeleton h={28} w={28} />
              <div className={classes.lessonTitle}>
                <Skeleton h={16} w={`${40 + ((at * 13) % 30)}%`} mb={8} />
                <Skeleton h={12} w="70%" />
              </div>
            </div>
            <div className={classes.lessonBody}>
              <Skeleton h={14} w="60%" />
              <Skeleton h={36} />
            </div>
          </li>
        ))}
      </ol>
    </Paper>
  );
}
