import { Paper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import diary from '../diary/diary.module.css';
import { useDoneCount } from '../diary/done';
import { HomeworkNote } from '../diary/homework-note';
import { tasksFor } from '../diary/tasks';
import type { Day } from '../diary/types';
import { useDates } from '../diary/use-dates';
import classes from './home.module.css';

interface NextDayProps {
  studentId: string;
  days: Day[];
  day: Day | null;
}

/** Homework for the next school day. */
export function NextDay({ studentId, days, day }: NextDayProps) {
  const { t } = useTranslation('diary');
  const dates = useDates();
  const tasks = day ? tasksFor(days, day.date) : [];
  const done = useDoneCount(
    studentId,
    tasks.map(({ lesson }) => lesson.lessonId),
  );
  return (
    <Paper className={classes.panel}>
      <div className={classes.panelHead}>
        <h3>{day ? t('home.next', { date: dates.day(day.date) }) : t('home.nextNone')}</h3>
        {tasks.length > 0 && (
          <span className={diary.quiet}>{t('home.done', { done, count: tasks.length })}</span>
        )}
      </div>
      {tasks.length === 0 ? (
        <p className={classes.nothing}>{day ? t('home.noTasks') : t('home.noNextDay')}</p>
      ) : (
        <ul className={diary.lessons}>
          {tasks.map(({ lesson, givenOn }) => (
            <li key={lesson.lessonId} className={classes.task}>
              <HomeworkNote
                studentId={studentId}
                lesson={lesson}
                heading={lesson.subjectTitle}
                givenOn={givenOn}
              />
            </li>
          ))}
        </ul>
      )}
    </Paper>
  );
}
