import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/types';
import { ToneBadge } from '../../ui/tone-badge';
import classes from './oversight.module.css';

/** Lessons of the day that have not ended yet: nothing is wrong with them, and the day is seen before it is over. */
export function ComingSection({ lessons }: { lessons: Schemas['MissingLesson'][] }) {
  const { t } = useTranslation('oversight');
  const [isOpen, list] = useDisclosure(false);
  const id = useId();
  if (lessons.length === 0) return null;
  const Icon = isOpen ? IconChevronUp : IconChevronDown;
  return (
    <Paper component="section" aria-labelledby={id} style={{ overflow: 'hidden' }}>
      <Group className={classes.teacher} justify="space-between" gap={4} wrap="nowrap">
        <Title order={2} fz="md" id={id}>
          {t('missing.coming', { count: lessons.length })}
        </Title>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-expanded={isOpen}
          rightSection={<Icon size={16} aria-hidden />}
          onClick={list.toggle}
        >
          {isOpen ? t('missing.comingHide') : t('missing.comingShow')}
        </Button>
      </Group>
      {isOpen && (
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
                <Text span size="sm" c="dimmed">
                  {lesson.teacher ?? t('missing.noTeacher')}
                </Text>
                {!lesson.lacksTopic && <ToneBadge tone="good">{t('missing.hasTopic')}</ToneBadge>}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Paper>
  );
}
