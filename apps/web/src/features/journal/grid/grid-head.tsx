import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import { monthsOf } from './columns';
import classes from './grid.module.css';

interface GridHeadProps {
  lessons: Schemas['PageLesson'][];
  columns: number[];
  current: number;
  onLesson(column: number): void;
}

const left = (column: number) => `calc(var(--name) + ${column} * var(--column))`;

export const GridHead = memo(function GridHead({ lessons, columns, current, onLesson }: GridHeadProps) {
  const { t, i18n } = useTranslation('journal');
  const month = new Intl.DateTimeFormat(i18n.language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  const instant = (date: string) => new Date(`${date}T00:00:00Z`);
  return (
    <div role="rowgroup" className={classes.head}>
      <div className={`${classes.row} ${classes.months}`} aria-hidden>
        <div className={classes.name} />
        {monthsOf(lessons.map(({ date }) => date)).map((span) => (
          <div
            key={span.month}
            className={classes.month}
            style={{
              insetInlineStart: left(span.first),
              width: `calc(${span.count} * var(--column))`,
            }}
          >
            <span>
              {span.count > 2
                ? month.format(instant(`${span.month}-01`))
                : new Intl.DateTimeFormat(i18n.language, { month: 'short' }).format(
                    instant(`${span.month}-15`),
                  )}
            </span>
          </div>
        ))}
        <div className={classes.space} />
        <div className={classes.average} data-first />
        <div className={classes.average} />
      </div>
      <div role="row" aria-rowindex={2} className={`${classes.row} ${classes.lessons}`}>
        <div
          role="columnheader"
          aria-colindex={1}
          className={classes.name}
          style={{ alignItems: 'end', paddingBottom: 6 }}
        >
          {t('page.student')}
        </div>
        {columns.map((column) => {
          const lesson = lessons[column]!;
          const lacks = [
            !lesson.topic && t('page.topicMissing'),
            !lesson.hasHomework && t('page.homeworkMissing'),
          ].filter(Boolean);
          const isPast = lesson.closedBecause !== 'journal.lesson-not-begun';
          return (
            <div
              key={lesson.lessonId}
              role="columnheader"
              aria-colindex={column + 2}
              className={classes.lesson}
              data-current={column === current || undefined}
              style={{ insetInlineStart: left(column) }}
              title={[lesson.topic, ...(isPast ? lacks : [])].filter(Boolean).join('\n')}
              onClick={() => onLesson(column)}
            >
              <b>{Number(lesson.date.slice(8))}</b>
              <span>
                {weekday.format(instant(lesson.date))} {lesson.lessonNumber}
              </span>
              <span className={classes.code}>{lesson.workCode}</span>
              {isPast && lacks.length > 0 && (
                <span className={classes.lacks} role="img" aria-label={lacks.join(', ')}>
                  <IconAlertTriangleFilled size={10} />
                </span>
              )}
            </div>
          );
        })}
        <div className={classes.space} />
        <div
          role="columnheader"
          aria-colindex={lessons.length + 2}
          className={classes.average}
          data-first
          title={t('page.averageLong')}
        >
          {t('page.average')}
        </div>
        <div
          role="columnheader"
          aria-colindex={lessons.length + 3}
          className={classes.average}
          title={t('page.weightedLong')}
        >
          {t('page.weighted')}
        </div>
      </div>
    </div>
  );
});
