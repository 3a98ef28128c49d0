import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCloudUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../../../api/error';
import { useErrorText } from '../../../i18n/use-error-text';
import { TonePanel } from '../../../ui/tone-panel';
import { isTroubled, useEntries, useQueueStatus } from './use-entries';

/**
 * «Не отправлено: 3», on every page but those that say it themselves. It sends what an earlier visit has left as well:
 * whoever typed without a network and closed the tab finds it saved, or hears why not.
 */
export default function UnsentBar() {
  const { t } = useTranslation('common');
  const { queue } = useEntries();
  const status = useQueueStatus();
  const errorText = useErrorText();
  const { unsaved, failure, refused, conflicts } = status;
  if (unsaved === 0) return null;
  const isBad = isTroubled(status);
  const lessonId = (refused[0] ?? conflicts[0])?.lessonId;
  const why = failure ?? refused[0]?.code;
  return (
    <div role="status" style={{ marginBottom: 'var(--mantine-spacing-md)' }}>
      <TonePanel
        tone={isBad ? 'bad' : 'info'}
        icon={isBad ? <IconAlertTriangle size={18} aria-hidden /> : <IconCloudUpload size={18} aria-hidden />}
      >
        <Group justify="space-between" gap="xs">
          <div style={{ flex: '1 1 14rem' }}>
            <Text size="sm" fw={600}>
              {t('unsent.count', { count: unsaved })}
            </Text>
            <Text size="sm">
              {why
                ? errorText(new ApiError(0, why))
                : conflicts.length > 0
                  ? t('unsent.conflict')
                  : t('unsent.sending')}
            </Text>
          </div>
          {failure && (
            <Button size="xs" variant="default" onClick={() => queue.retryNow()}>
              {t('unsent.retry')}
            </Button>
          )}
          {lessonId && (
            <Anchor component={Link} to={`/journal/lessons/${lessonId}`} size="sm" c="inherit" td="underline">
              {t('unsent.open')}
            </Anchor>
          )}
        </Group>
      </TonePanel>
    </div>
  );
}
