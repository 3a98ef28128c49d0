import { Anchor, Drawer, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormats } from '../../../i18n/use-formats';
import { ErrorAlert } from '../../../ui/error-alert';
import { useLesson } from '../queries';
import { LessonForm } from './lesson-form';

/** Topic and homework beside the grid. A draft is kept when the drawer is closed. */
export default function LessonDrawer({ lessonId, onClose }: { lessonId: string; onClose(): void }) {
  const { t } = useTranslation(['journal', 'common']);
  const formats = useFormats();
  const lesson = useLesson(lessonId);
  const card = lesson.data;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      // Its head is no banner of the page.
      attributes={{ header: { role: 'none' } }}
      title={
        card
          ? t('page.lesson', { day: formats.day(card.date), number: card.lessonNumber })
          : t('lesson.description')
      }
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        <ErrorAlert
          error={lesson.isError && !card ? lesson.error : null}
          onRetry={() => void lesson.refetch()}
        />
        {lesson.isPending && [0, 1, 2, 3].map((at) => <Skeleton key={at} h={60} />)}
        {card && (
          <>
            <LessonForm key={card.lessonId} card={card} />
            <Anchor component={Link} to={`/journal/lessons/${lessonId}`} size="sm">
              {t('page.openLesson')}
            </Anchor>
          </>
        )}
      </Stack>
    </Drawer>
  );
}
