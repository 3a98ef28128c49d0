import { Button, Group, Paper, Skeleton, Stack, Title } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconPencil } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useFormats } from '../../i18n/use-formats';
import { BackLink } from '../../ui/back-link';
import { ErrorAlert } from '../../ui/error-alert';
import { Page } from '../../ui/page';
import { usePhone } from '../../ui/use-phone';
import { SaveState } from './entries/save-state';
import { useSeed } from './entries/use-entries';
import { AllPresent, useAttendanceTaken } from './lesson/all-present';
import { LessonForm } from './lesson/lesson-form';
import { PupilList } from './lesson/pupil-list';
import classes from './lesson/pupils.module.css';
import { useLiveJournal } from './live-journal';
import { useLesson } from './queries';

export function Component() {
  const { t } = useTranslation('journal');
  const { lessonId = '' } = useParams();
  const formats = useFormats();
  const isPhone = usePhone();
  const [isDescribed, description] = useDisclosure(false);
  const lesson = useLesson(lessonId);
  const card = lesson.data;
  const attendance = useAttendanceTaken();
  useLiveJournal(card?.groupId);
  useSeed(
    useMemo(() => card?.list.map(({ cell }) => cell), [card]),
    lessonId,
  );
  /** Ctrl+H, as in the journal: to the topic, from wherever on the page one is. */
  const describe = () => {
    description.open();
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-topic]')?.focus());
  };
  useHotkeys([['mod+H', describe]], []);
  return (
    <Page
      before={
        <BackLink
          to={card ? `/journal/${card.groupId}` : '/journal'}
          text={card ? t('lesson.back', { title: card.groupTitle }) : t('page.back')}
        />
      }
      title={card?.groupTitle ?? t('lesson.title')}
      note={
        card
          ? t('lesson.when', {
              day: formats.day(card.date),
              number: card.lessonNumber,
              from: card.startsAt,
              to: card.endsAt,
            })
          : ' '
      }
      actions={
        card && (
          <SaveState
            naming={(ref) =>
              card.list.find(({ studentId }) => ref.lessonId === lessonId && studentId === ref.studentId)
                ?.name ?? null
            }
          />
        )
      }
    >
      {!card && (
        <ErrorAlert error={lesson.isError ? lesson.error : null} onRetry={() => void lesson.refetch()} />
      )}
      {lesson.isPending && <LessonSkeleton />}
      {card && (
        <div className={classes.page}>
          {isPhone && (
            <Button
              variant="default"
              leftSection={<IconPencil size={16} aria-hidden />}
              aria-expanded={isDescribed}
              onClick={description.toggle}
            >
              {t('lesson.description')}
            </Button>
          )}
          {isPhone && isDescribed && (
            <Paper p="md">
              <LessonForm key={lessonId} card={card} />
            </Paper>
          )}
          <Stack gap="xs" component="section" aria-label={t('lesson.pupils')}>
            <Group justify="space-between">
              <Title order={2}>{t('lesson.pupilsCount', { count: card.list.length })}</Title>
              {card.isMine && card.isOpen && card.list.length > 0 && (
                <AllPresent lesson={card} hasAbsent={card.absent > 0} command={attendance} />
              )}
            </Group>
            <PupilList
              key={lessonId}
              card={card}
              onLesson={describe}
              onAllPresent={() =>
                !attendance.isPending && attendance.start({ lessonId, isTaken: !card.attendanceTaken })
              }
            />
          </Stack>
          {!isPhone && (
            <Paper p="md" component="section" aria-label={t('lesson.description')}>
              <LessonForm key={lessonId} card={card} />
            </Paper>
          )}
        </div>
      )}
    </Page>
  );
}

const LessonSkeleton = () => (
  <div className={classes.page} aria-hidden>
    <Stack gap={4}>
      {Array.from({ length: 14 }, (_, row) => (
        <Skeleton key={row} h={36} />
      ))}
    </Stack>
    <Skeleton h={520} radius="md" visibleFrom="sm" />
  </div>
);
