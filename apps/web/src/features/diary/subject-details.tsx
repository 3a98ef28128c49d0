import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats';
import { freshKey, LiveContext } from './live-context';
import { MarkFigure } from './mark-chips';
import classes from './subjects.module.css';
import type { DatedMark, Subject } from './types';
import { useDates } from './use-dates';
import { WhatIf } from './what-if';

/** One subject: every mark in words, and what further ones would change. */
export function SubjectDetails({ subject }: { subject: Subject }) {
  const { t } = useTranslation('diary');
  const { number } = useFormats();
  const { teacher, marks, average, weightedAverage } = subject;
  return (
    <div className={classes.details}>
      <div>
        {teacher && (
          <p className={classes.quiet}>
            {t('subject.teacher')}: {teacher}
          </p>
        )}
        {average !== null && (
          <p className={classes.quiet}>
            {t('subject.averageLong')}: {number(average)}
            {weightedAverage !== null &&
              `; ${t('subject.weighted').toLowerCase()}: ${number(weightedAverage)}`}
          </p>
        )}
        {marks.length > 0 ? (
          <ol className={classes.markList} aria-label={t('lesson.marks', { subject: subject.subjectTitle })}>
            {marks.toReversed().map((mark) => (
              <MarkLine key={mark.markId} mark={mark} />
            ))}
          </ol>
        ) : (
          <p className={classes.quiet}>{t('subject.noMarks')}</p>
        )}
      </div>
      <WhatIf marks={marks} />
    </div>
  );
}

function MarkLine({ mark }: { mark: DatedMark }) {
  const { t } = useTranslation('diary');
  const dates = useDates();
  const { number } = useFormats();
  const { fresh } = useContext(LiveContext);
  const facts = [
    dates.day(mark.date),
    `${t('mark.weight').toLowerCase()} ${number(mark.weight)}`,
    mark.previousValue && t('home.was', { value: mark.previousValue }),
  ].filter(Boolean);
  return (
    <li>
      <MarkFigure value={mark.value} isFresh={fresh.has(freshKey(mark))} />
      <div className={classes.markText}>
        <p>{mark.workTypeTitle}</p>
        <p className={classes.quiet}>{facts.join(', ')}</p>
        {mark.comment && <p className={classes.note}>{mark.comment}</p>}
      </div>
    </li>
  );
}
