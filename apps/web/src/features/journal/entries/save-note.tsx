import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconLoader } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../i18n/use-formats';
import { isTroubled, useQueueStatus } from './use-entries';

/** The state of saving where one looks while typing; the page's own line tells screen readers. */
export function SaveNote() {
  const { t } = useTranslation('journal');
  const formats = useFormats();
  const status = useQueueStatus();
  const { unsaved, savedAt } = status;
  const [tone, Icon, text] = isTroubled(status)
    ? (['bad', IconAlertTriangle, t('save.unsaved', { count: unsaved })] as const)
    : unsaved > 0
      ? ([null, IconLoader, t('save.pending')] as const)
      : savedAt
        ? (['good', IconCheck, t('save.saved', { time: formats.time(savedAt) })] as const)
        : ([null, null, t('save.idle')] as const);
  return (
    <Text
      size="xs"
      aria-hidden
      c={tone ? `var(--parta-${tone}-fg)` : 'dimmed'}
      style={{ display: 'flex', alignItems: 'center', gap: 4, minHeight: 20 }}
    >
      {Icon && <Icon size={14} />}
      {text}
    </Text>
  );
}
