import { VisuallyHidden } from '@mantine/core';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { freshKey, LiveContext } from './live-context';
import { MarkFigure } from './mark-chips';
import classes from './subjects.module.css';
import type { Subject } from './types';
import { useDates } from './use-dates';

/** The marks of a subject at a glance: figures by date. */
export function MarkRow({ subject }: { subject: Subject }) {
  const { t } = useTranslation('diary');
  const dates = useDates();
  const { fresh } = useContext(LiveContext);
  if (subject.marks.length === 0) return null;
  return (
    <ol className={classes.figures} aria-label={t('lesson.marks', { subject: subject.subjectTitle })}>
      {subject.marks.map((mark) => (
        <li key={mark.markId} title={mark.workTypeTitle}>
          <MarkFigure value={mark.value} isFresh={fresh.has(freshKey(mark))} />
          <VisuallyHidden>, </VisuallyHidden>
          <span className={classes.figureDate}>{dates.short(mark.date)}</span>
        </li>
      ))}
    </ol>
  );
}
