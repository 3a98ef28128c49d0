import { VisuallyHidden } from '@mantine/core';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { AbsenceNote } from '../diary/absence-badge';
import diary from '../diary/diary.module.css';
import { freshKey, LiveContext } from '../diary/live-context';
import { MarkFigure } from '../diary/mark-chips';
import type { Lesson } from '../diary/types';
import classes from './home.module.css';

/** A lesson of today in one or two lines; the rest is in the diary. */
export function TodayLesson({ lesson }: { lesson: Lesson }) {
  const { t } = useTranslation('diary');
  const { fresh } = useContext(LiveContext);
  const { lessonNumber, subjectTitle, startsAt, endsAt, room, marks, absence } = lesson;
  return (
    <li className={classes.row}>
      <span className={diary.number}>
        <span aria-hidden>{lessonNumber}</span>
        <VisuallyHidden>{t('lesson.number', { number: lessonNumber })}</VisuallyHidden>
      </span>
      <div className={classes.rowBody}>
        <p className={classes.subject}>{subjectTitle}</p>
        <p className={diary.quiet}>
          <span className="parta-tabular">
            {startsAt}–{endsAt}
          </span>
          {room && `, ${room}`}
        </p>
        <AbsenceNote absence={absence} />
      </div>
      {marks.length > 0 && (
        <ul className={classes.figures} aria-label={t('lesson.marks', { subject: subjectTitle })}>
          {marks.map((mark) => (
            <li key={mark.markId}>
              <MarkFigure value={mark.value} isFresh={fresh.has(freshKey(mark))} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
