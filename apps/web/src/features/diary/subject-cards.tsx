import { Paper, VisuallyHidden } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats';
import type { SubjectSort } from './averages';
import { MarkRow } from './mark-row';
import { SubjectDetails } from './subject-details';
import classes from './subjects.module.css';
import type { Subject } from './types';

export interface SubjectListProps {
  subjects: Subject[];
  sort: SubjectSort;
  open: string | null;
  onToggle(subjectTitle: string): void;
}

export function SubjectCards({ subjects, open, onToggle }: SubjectListProps) {
  const { t } = useTranslation('diary');
  return (
    <Paper className={classes.list}>
      <p className={classes.legend}>{t('subject.legend')}</p>
      <ul>
        {subjects.map((subject) => (
          <Card
            key={subject.subjectTitle}
            subject={subject}
            isOpen={subject.subjectTitle === open}
            onToggle={() => onToggle(subject.subjectTitle)}
          />
        ))}
      </ul>
    </Paper>
  );
}

interface CardProps {
  subject: Subject;
  isOpen: boolean;
  onToggle(): void;
}

function Card({ subject, isOpen, onToggle }: CardProps) {
  const { t } = useTranslation('diary');
  const { number } = useFormats();
  const { subjectTitle, average, weightedAverage, absences, marks } = subject;
  const notes = [
    marks.length > 0 ? t('subject.marks', { count: marks.length }) : t('subject.noMarks'),
    absences > 0 && t('subject.missed', { count: absences }),
  ].filter(Boolean);
  return (
    <li className={classes.card}>
      <button type="button" className={classes.cardHead} aria-expanded={isOpen} onClick={onToggle}>
        <span className={classes.cardTitle}>
          <span className={classes.subject}>{subjectTitle}</span>
          <span className={classes.quiet}>{notes.join(', ')}</span>
        </span>
        {weightedAverage !== null && (
          <span className={classes.averages}>
            <span className={classes.average}>
              <VisuallyHidden>{t('subject.weightedLong')}: </VisuallyHidden>
              {number(weightedAverage)}
            </span>
            {average !== null && (
              <span className={classes.quiet}>
                {t('subject.average')} {number(average)}
              </span>
            )}
          </span>
        )}
        <IconChevronDown size={18} aria-hidden className={classes.chevron} />
      </button>
      {isOpen ? <SubjectDetails subject={subject} /> : <MarkRow subject={subject} />}
    </li>
  );
}
