import { IconAlertTriangleFilled, IconCalendarOff } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import { CHUNK, chunksToDraw, columnsOf, monthsOf } from './columns';
import classes from './grid.module.css';

interface GridHeadProps {
  lessons: Schemas['PageLesson'][];
  firstChunk: number;
  lastChunk: number;
  current: number;
  onLesson(column: number): void;
}

const left = (column: number) => `calc(var(--name) + ${column} * var(--column))`;
const instant = (date: string) => new Date(`${date}T00:00:00Z`);

export const GridHead = memo(function GridHead(props: GridHeadProps) {
  const { lessons, current, onLesson } = props;
  const { t } = useTranslation('journal');
  return (
    <div role="rowgroup" className={classes.head}>
      <Months lessons={lessons} />
      <div role="row" aria-rowindex={2} className={`${classes.row} ${classes.lessons}`}>
        <div
          role="columnheader"
          aria-colindex={1}
          className={classes.name}
          style={{ alignItems: 'end', paddingBottom: 6 }}
        >
          {t('page.student')}
        </div>
        {chunksToDraw(props, current).map((chunk) => (
          <HeadChunk
            key={chunk}
            lessons={lessons}
            chunk={chunk}
            current={Math.floor(current / CHUNK) === chunk ? current : -1}
            onLesson={onLesson}
          />
        ))}
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

const Months = memo(function Months({ lessons }: Pick<GridHeadProps, 'lessons'>) {
  const { i18n } = useTranslation('journal');
  const [long, short] = useMemo(
    () => [
      new Intl.DateTimeFormat(i18n.language, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
      new Intl.DateTimeFormat(i18n.language, { month: 'short', timeZone: 'UTC' }),
    ],
    [i18n.language],
  );
  return (
    <div className={`${classes.row} ${classes.months}`} aria-hidden>
      <div className={classes.name} />
      {monthsOf(lessons.map(({ date }) => date)).map((span) => (
        <div
          key={span.month}
          className={classes.month}
          style={{ insetInlineStart: left(span.first), width: `calc(${span.count} * var(--column))` }}
        >
          <span>{(span.count > 2 ? long : short).format(instant(`${span.month}-01`))}</span>
        </div>
      ))}
      <div className={classes.space} />
      <div className={classes.average} data-first />
      <div className={classes.average} />
    </div>
  );
});

interface HeadChunkProps extends Pick<GridHeadProps, 'lessons' | 'current' | 'onLesson'> {
  chunk: number;
}

const HeadChunk = memo(function HeadChunk({ lessons, chunk, current, onLesson }: HeadChunkProps) {
  const { t, i18n } = useTranslation('journal');
  const weekday = useMemo(
    () => new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' }),
    [i18n.language],
  );
  return (
    <div role="presentation" className={classes.chunk} style={{ insetInlineStart: left(chunk * CHUNK) }}>
      {columnsOf(chunk, lessons.length).map((column) => {
        const lesson = lessons[column]!;
        const lacks = [
          !lesson.topic && t('page.topicMissing'),
          !lesson.hasHomework && t('page.homeworkMissing'),
        ].filter(Boolean);
        const isPast = lesson.closedBecause !== 'journal.lesson-not-begun';
        return (
          <div
            key={column}
            role="columnheader"
            aria-colindex={column + 2}
            className={classes.lesson}
            data-current={column === current || undefined}
            title={[
              lesson.topic,
              lesson.isOutsideTimetable && t('outsideTimetable'),
              ...(isPast ? lacks : []),
            ]
              .filter(Boolean)
              .join('\n')}
            onClick={() => onLesson(column)}
          >
            <b>{Number(lesson.date.slice(8))}</b>
            <span>
              {weekday.format(instant(lesson.date))} {lesson.lessonNumber}
            </span>
            <span className={classes.code}>{lesson.workCode}</span>
            {lesson.isOutsideTimetable && (
              <span className={classes.outside} role="img" aria-label={t('outsideTimetable')}>
                <IconCalendarOff size={10} />
              </span>
            )}
            {isPast && lacks.length > 0 && (
              <span className={classes.lacks} role="img" aria-label={lacks.join(', ')}>
                <IconAlertTriangleFilled size={10} />
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
});
