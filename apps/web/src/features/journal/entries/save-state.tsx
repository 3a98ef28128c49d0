import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconCheck, IconLoader } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../i18n/use-formats';
import { ConflictDialog } from './conflict-dialog';
import { LeaveGuard } from './leave-guard';
import type { Naming } from './naming';
import { UnsavedDialog } from './unsaved-dialog';
import { isTroubled, useQueueStatus } from './use-entries';

/** «Сохранено 14:32», «Не сохранено: 3»: never saved when it is not known to be. */
export const SaveState = memo(function SaveState({ naming }: { naming: Naming }) {
  const { t } = useTranslation('journal');
  const formats = useFormats();
  const status = useQueueStatus();
  const { unsaved, savedAt } = status;
  const [isListOpen, list] = useDisclosure(false);
  const isBad = isTroubled(status);
  return (
    <>
      <div role="status" style={{ minHeight: 36, display: 'flex', alignItems: 'center' }}>
        {isBad ? (
          <Button
            variant="default"
            c="var(--parta-bad-fg)"
            leftSection={<IconAlertTriangle size={16} aria-hidden />}
            onClick={list.open}
            aria-label={t('save.open', { count: unsaved })}
          >
            {t('save.unsaved', { count: unsaved })}
          </Button>
        ) : (
          <Text
            span
            size="sm"
            c={unsaved > 0 || !savedAt ? 'dimmed' : 'var(--parta-good-fg)'}
            style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}
          >
            {unsaved > 0 ? (
              <>
                <IconLoader size={16} aria-hidden />
                {t('save.pending')}
              </>
            ) : savedAt ? (
              <>
                <IconCheck size={16} aria-hidden />
                {t('save.saved', { time: formats.time(savedAt) })}
              </>
            ) : (
              t('save.idle')
            )}
          </Text>
        )}
      </div>
      <UnsavedDialog opened={isListOpen} onClose={list.close} naming={naming} />
      <ConflictDialog naming={naming} />
      <LeaveGuard unsaved={unsaved} />
    </>
  );
});
