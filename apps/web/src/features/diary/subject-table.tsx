import { Paper, VisuallyHidden } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats';
import { MarkRow } from './mark-row';
import type { SubjectListProps } from './subject-cards';
import { SubjectDetails } from './subject-details';
import classes from './subjects.module.css';

export function SubjectTable({ subjects, sort, open, onToggle }: SubjectListProps) {
  const { t } = useTranslation(['diary', 'common']);
  const { number } = useFormats();
  const figure = (value: number | null) => (value === null ? t('common:none') : number(value));
  return (
    <Paper className={classes.list}>
      <table className={classes.table}>
        <VisuallyHidden component="caption">{t('marks')}</VisuallyHidden>
        <thead>
          <tr>
            <th scope="col" aria-sort={sort === 'name' ? 'ascending' : undefined}>
              {t('subject.subject')}
            </th>
            <th scope="col">{t('marks')}</th>
            <th scope="col" className={classes.number}>
              {t('subject.average')}
            </th>
            <th
              scope="col"
              className={classes.number}
              aria-sort={sort === 'average' ? 'ascending' : undefined}
            >
              {t('subject.weighted')}
            </th>
            <th scope="col" className={classes.number}>
              {t('subject.count')}
            </th>
            <th scope="col" className={classes.number}>
              {t('subject.absences')}
            </th>
          </tr>
        </thead>
        <tbody>
          {subjects.map((subject) => {
            const isOpen = subject.subjectTitle === open;
            return (
              <Fragment key={subject.subjectTitle}>
                <tr>
                  <th scope="row">
                    <button
                      type="button"
                      className={classes.rowHead}
                      aria-expanded={isOpen}
                      onClick={() => onToggle(subject.subjectTitle)}
                    >
                      <IconChevronDown size={16} aria-hidden className={classes.chevron} />
                      {subject.subjectTitle}
                    </button>
                  </th>
                  <td>
                    {subject.marks.length > 0 ? (
                      <MarkRow subject={subject} />
                    ) : (
                      <span className={classes.quiet}>{t('subject.noMarks')}</span>
                    )}
                  </td>
                  <td className={classes.number}>{figure(subject.average)}</td>
                  <td className={classes.number}>
                    <strong>{figure(subject.weightedAverage)}</strong>
                  </td>
                  <td className={classes.number}>{number(subject.marks.length)}</td>
                  <td className={classes.number}>{number(subject.absences)}</td>
                </tr>
                {isOpen && (
                  <tr>
                    <td colSpan={6} className={classes.detailsCell}>
                      <SubjectDetails subject={subject} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </Paper>
  );
}
