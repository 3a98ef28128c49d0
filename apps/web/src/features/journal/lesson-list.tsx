import { Paper, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { useToday } from './dates';
import classes from './lesson-list.module.css';

/** On a phone the journal is a list of lessons, the last one held first; each opens as a list of pupils. */
export function LessonList({ lessons }: { lessons: Schemas['PageLesson'][] }) {
  const { t } = useTranslation('journal');
  const formats = useFormats();
  const today = useToday();
  const held = lessons.filter(({ date }) => date <= today).toReversed();
  return (
    <Paper component="ul" className={classes.list}>
      {(held.length > 0 ? held : lessons).map((lesson) => (
        <li key={lesson.lessonId}>
          <Link to={`/journal/lessons/${lesson.lessonId}`} className={classes.lesson}>
            <Text span fw={600} size="sm" display="block">
              {t('page.lesson', { day: formats.day(lesson.date), number: lesson.lessonNumber })}
              {lesson.workCode && ` · ${lesson.workCode}`}
              {lesson.isOutsideTimetable && ` · ${t('outsideTimetable')}`}
            </Text>
            <Text span size="sm" c="dimmed" lineClamp={2}>
              {lesson.topic ?? ''}
            </Text>
            {[!lesson.topic && t('page.topicMissing'), !lesson.hasHomework && t('page.homeworkMissing')]
              .filter((text) => text !== false)
              .map((text) => (
                <Text key={text} span size="xs" c="var(--parta-warn-fg)" display="block">
                  <IconAlertTriangle size={12} aria-hidden style={{ verticalAlign: -2 }} /> {text}
                </Text>
              ))}
          </Link>
        </li>
      ))}
    </Paper>
  );
}
