import { Group, Paper, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { ToneBadge } from '../../ui/tone-badge';
import classes from './oversight.module.css';

interface MissingTeacherProps {
  teacher: string;
  lessons: Schemas['MissingLesson'][];
}

export function MissingTeacher({ teacher, lessons }: MissingTeacherProps) {
  const { t } = useTranslation('oversight');
  const formats = useFormats();
  return (
    <Paper component="section" aria-label={teacher} style={{ overflow: 'hidden' }}>
      <Group className={classes.teacher} justify="space-between" wrap="nowrap">
        <Title order={2} fz="md" style={{ minWidth: 0 }}>
          {teacher}
        </Title>
        <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {t('missing.lessons', { count: lessons.length })}
        </Text>
      </Group>
      <ul className={classes.list}>
        {lessons.map((lesson) => (
          <li key={lesson.lessonId}>
            <Link to={`/journal/lessons/${lesson.lessonId}`} className={classes.row}>
              <Text span size="sm" c="dimmed" className={classes.when}>
                {t('missing.lessonOf', { number: lesson.lessonNumber, time: lesson.startsAt })}
              </Text>
              <Text span size="sm" fw={500} className={classes.what}>
                {lesson.groupTitle}
              </Text>
              <span className={classes.lacks}>
                {lesson.lacksTopic && <ToneBadge tone="warn">{t('missing.lacksTopic')}</ToneBadge>}
                {lesson.lacksHomework && <ToneBadge tone="warn">{t('missing.lacksHomework')}</ToneBadge>}
                {lesson.lacksEntries && <ToneBadge tone="warn">{t('missing.lacksEntries')}</ToneBadge>}
              </span>
              {lesson.isOverdue ? (
                <ToneBadge tone="bad" icon={<IconAlertTriangle size={12} aria-hidden />}>
                  {t('missing.isOverdue')}
                </ToneBadge>
              ) : (
                lesson.entryDeadline && (
                  <ToneBadge tone="quiet" icon={<IconClock size={12} aria-hidden />}>
                    {t('missing.until', { when: formats.deadline(lesson.entryDeadline) })}
                  </ToneBadge>
                )
              )}
            </Link>
          </li>
        ))}
      </ul>
    </Paper>
  );
}
