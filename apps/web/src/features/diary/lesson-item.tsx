import { VisuallyHidden } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AbsenceNote } from './absence-badge';
import classes from './diary.module.css';
import { HomeworkNote } from './homework-note';
import { MarkChips } from './mark-chips';
import type { Task } from './tasks';
import type { Lesson, Mark } from './types';

interface LessonItemProps {
  studentId: string;
  lesson: Lesson;
  /** homework given before that has to be ready for this lesson */
  due?: Task[];
  isNew(mark: Mark): boolean;
  canTick: boolean;
}

export function LessonItem({ studentId, lesson, due = [], isNew, canTick }: LessonItemProps) {
  const { t } = useTranslation('diary');
  const { subjectTitle, topic, comment, marks, absence } = lesson;
  return (
    <li className={classes.lesson}>
      <LessonHead lesson={lesson} />
      <div className={classes.lessonBody}>
        <MarkChips marks={marks} subject={subjectTitle} isNew={isNew} />
        <AbsenceNote absence={absence} />
        {due.map((task) => (
          <HomeworkNote
            key={task.lesson.lessonId}
            studentId={studentId}
            lesson={task.lesson}
            heading={t('homework.forLesson')}
            givenOn={task.givenOn}
            canTick={canTick}
          />
        ))}
        {topic && (
          <p className={classes.topic}>
            <span className={classes.quiet}>{t('lesson.topic')}:</span> {topic}
          </p>
        )}
        <HomeworkNote studentId={studentId} lesson={lesson} canTick={canTick} />
        {comment && (
          <p className={classes.comment}>
            <IconMessage size={16} stroke={1.75} aria-hidden />
            <span>
              <VisuallyHidden>{t('lesson.comment')}: </VisuallyHidden>
              {comment}
            </span>
          </p>
        )}
      </div>
    </li>
  );
}

/** Number, subject, time, room and teacher. */
export function LessonHead({ lesson }: { lesson: Lesson }) {
  const { t } = useTranslation('diary');
  const { lessonNumber, subjectTitle, startsAt, endsAt, room, teacher } = lesson;
  return (
    <div className={classes.lessonHead}>
      <span className={classes.number}>
        <span aria-hidden>{lessonNumber}</span>
        <VisuallyHidden>{t('lesson.number', { number: lessonNumber })}</VisuallyHidden>
      </span>
      <div className={classes.lessonTitle}>
        <h3 className={classes.subject}>{subjectTitle}</h3>
        <p className={classes.quiet}>
          <span className="parta-tabular">
            {startsAt}–{endsAt}
          </span>
          {[room, teacher].filter(Boolean).map((part) => (
            <span key={part}>, {part}</span>
          ))}
        </p>
      </div>
    </div>
  );
}
