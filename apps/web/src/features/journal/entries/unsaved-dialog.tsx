import { ActionIcon, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/error';
import { useErrorText } from '../../../i18n/use-error-text';
import { useWishText, type Naming } from './naming';
import { useEntries, useQueueStatus } from './use-entries';

interface UnsavedDialogProps {
  opened: boolean;
  onClose(): void;
  naming: Naming;
}

/** What has not been saved, and why. */
export function UnsavedDialog({ opened, onClose, naming }: UnsavedDialogProps) {
  const { t } = useTranslation(['journal', 'common']);
  const { queue } = useEntries();
  const { failure, refused, unsaved } = useQueueStatus();
  const errorText = useErrorText();
  const wishText = useWishText();
  const why = (code: string) => errorText(new ApiError(0, code));
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('save.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        {unsaved === 0 && <Text>{t('save.allSaved')}</Text>}
        {failure && (
          <div>
            <Text fw={500}>{why(failure)}</Text>
            <Text size="sm" c="dimmed">
              {t('save.retrying')}
            </Text>
          </div>
        )}
        {refused.map((entry) => {
          const what = `${naming(entry) ?? ''} ${wishText(entry.wish)}`.trim();
          return (
            <Group key={entry.id} wrap="nowrap" justify="space-between" align="flex-start">
              <div>
                <Text size="sm" fw={500}>
                  {what}
                </Text>
                <Text size="sm" c="dimmed">
                  {why(entry.code)}
                </Text>
              </div>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t('save.discardOf', { what })}
                onClick={() => queue.discard(entry.id)}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Group>
          );
        })}
        {(failure || refused.length > 0) && (
          <Group justify="flex-end">
            <Button
              onClick={() => {
                queue.retryRefused();
                queue.retryNow();
              }}
            >
              {t('save.retry')}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  );
}
