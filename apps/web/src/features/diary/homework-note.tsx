import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../ui/tone-badge';
import classes from './homework.module.css';
import { useDone } from './done';
import { hasTask } from './tasks';
import type { Lesson } from './types';
import { useDates } from './use-dates';

interface HomeworkNoteProps {
  studentId: string;
  lesson: Lesson;
  /** in a list of homework: the subject, and when it was given */
  heading?: string;
  givenOn?: string;
  /** staff read the family's diary, they do not do its homework */
  canTick?: boolean;
}

export function HomeworkNote({ studentId, lesson, heading, givenOn, canTick = true }: HomeworkNoteProps) {
  const { t } = useTranslation('diary');
  const dates = useDates();
  const { homework, subjectTitle } = lesson;
  const { isDone, toggle } = useDone(studentId, lesson.lessonId);
  if (!hasTask(lesson)) {
    return homework.noHomework ? <p className={classes.noHomework}>{t('homework.none')}</p> : null;
  }
  const notes = [
    homework.dueDate && !givenOn && t('homework.due', { date: dates.day(homework.dueDate) }),
    givenOn && t('homework.given', { date: dates.day(givenOn) }),
  ].filter(Boolean);
  return (
    <div className={classes.homework} data-done={(canTick && isDone) || undefined}>
      {canTick && (
        <label className={classes.tick}>
          <input
            type="checkbox"
            checked={isDone}
            onChange={toggle}
            aria-label={t('homework.done', { subject: subjectTitle })}
          />
        </label>
      )}
      <div className={classes.homeworkBody}>
        <p className={classes.homeworkHead}>
          {heading ? <strong>{heading}</strong> : t('homework.label')}
          {notes.length > 0 && (
            <>
              {' '}
              <span className={classes.quiet}>{notes.join(', ')}</span>
            </>
          )}
        </p>
        {homework.text && <LongText text={homework.text} />}
        {homework.individual && (
          <div className={classes.individual}>
            <ToneBadge tone="info">{t('homework.individual')}</ToneBadge>
            <LongText text={homework.individual} />
          </div>
        )}
      </div>
    </div>
  );
}

const LONG = 260;
const MANY_LINES = 6;

/** A long text is folded, so that the day can still be seen at a glance. */
function LongText({ text }: { text: string }) {
  const { t } = useTranslation('diary');
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length > LONG || text.split('\n').length > MANY_LINES;
  return (
    <div className={classes.long}>
      <p className={classes.text} data-folded={(isLong && !isOpen) || undefined}>
        {text}
      </p>
      {isLong && (
        <button
          type="button"
          className={classes.more}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'homework.less' : 'homework.more')}
        </button>
      )}
    </div>
  );
}
