import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { isPast, useClock, useToday } from '../journal/dates';
import { ToneBadge } from '../../ui/tone-badge';
import classes from './lesson-line.module.css';

interface LessonLineProps {
  lesson: Schemas['LessonRow'];
  /** the one going on now, or the next of today */
  standing: 'now' | 'next' | null;
}

/** One lesson of the day; all of it leads to the lesson. */
export function LessonLine({ lesson, standing }: LessonLineProps) {
  const { t } = useTranslation('journal');
  const [today, clock] = [useToday(), useClock()];
  // Who is present, and what is missing, is said of a lesson that has begun.
  const hasBegun =
    `${lesson.date} ${lesson.startsAt}` <= `${today} ${clock}` || lesson.marks + lesson.absent > 0;
  return (
    <li>
      <Link
        to={`/journal/lessons/${lesson.lessonId}`}
        className={classes.line}
        data-standing={standing ?? undefined}
      >
        <span className={classes.when}>
          <span className={classes.number}>{lesson.lessonNumber}</span>
          <span>
            {lesson.startsAt}–{lesson.endsAt}
          </span>
        </span>
        <span className={classes.what}>
          <Text span fw={600} display="block">
            {lesson.groupTitle}
            {standing && (
              <Text span ml="xs">
                <ToneBadge tone="info">{t(standing === 'now' ? 'day.now' : 'day.upNext')}</ToneBadge>
              </Text>
            )}
            {lesson.isOutsideTimetable && (
              <Text span ml="xs">
                <ToneBadge tone="quiet">{t('outsideTimetable')}</ToneBadge>
              </Text>
            )}
          </Text>
          <Text
            span
            size="sm"
            c={lesson.topic || !hasBegun ? 'dimmed' : 'var(--parta-warn-fg)'}
            className={classes.topic}
          >
            {lesson.topic ?? t('day.topicMissing')}
          </Text>
        </span>
        <span className={classes.room}>{lesson.room}</span>
        <span className={classes.facts}>
          {hasBegun &&
            (lesson.lacksEntries ? (
              <Missing isMissing isDue>
                {t('day.attendanceMissing')}
              </Missing>
            ) : (
              <span>{t('day.absent', { count: lesson.absent })}</span>
            ))}
          {hasBegun && <span>{t('day.marks', { count: lesson.marks })}</span>}
          <Missing isMissing={!lesson.hasHomework} isDue={hasBegun}>
            {t(lesson.hasHomework ? 'day.homeworkDone' : 'day.homeworkMissing')}
          </Missing>
        </span>
        <span className={classes.deadline}>
          <Deadline lesson={lesson} />
        </span>
      </Link>
    </li>
  );
}

interface MissingProps {
  isMissing: boolean;
  /** the lesson has begun: before that, what is missing is no cause for a warning */
  isDue: boolean;
  children: string;
}

function Missing({ isMissing, isDue, children }: MissingProps) {
  const Icon = !isMissing ? IconCheck : isDue ? IconAlertTriangle : IconClock;
  return (
    <span className={classes.fact} data-missing={(isMissing && isDue) || undefined}>
      <Icon size={14} aria-hidden />
      {children}
    </span>
  );
}

function Deadline({ lesson }: { lesson: Schemas['LessonRow'] }) {
  const { t } = useTranslation('journal');
  const formats = useFormats();
  if (lesson.topic && lesson.hasHomework && !lesson.lacksEntries) {
    return (
      <ToneBadge tone="good" icon={<IconCheck size={12} aria-hidden />}>
        {t('day.inTime')}
      </ToneBadge>
    );
  }
  if (!lesson.isOpen && lesson.entryDeadline && isPast(lesson.entryDeadline)) {
    return (
      <ToneBadge tone="quiet" icon={<IconLock size={12} aria-hidden />}>
        {t('day.closed')}
      </ToneBadge>
    );
  }
  if (!lesson.entryDeadline) return null;
  const isOver = isPast(lesson.entryDeadline);
  return (
    <ToneBadge tone={isOver ? 'bad' : 'quiet'} icon={<IconClock size={12} aria-hidden />}>
      {isOver
        ? t('day.overdue', { when: formats.stamp(lesson.entryDeadline) })
        : t('day.deadline', { when: formats.deadline(lesson.entryDeadline) })}
    </ToneBadge>
  );
}
