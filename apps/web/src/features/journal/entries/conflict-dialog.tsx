import { Button, Group, Modal, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { textOf } from '../grid/cell-text';
import { useWishText, type Naming } from './naming';
import { useEntries, useQueueStatus } from './use-entries';

/** Two people wrote into one cell: both values, and a question. Closing it decides nothing. */
export function ConflictDialog({ naming }: { naming: Naming }) {
  const { t } = useTranslation('journal');
  const { queue } = useEntries();
  const wishText = useWishText();
  const conflict = useQueueStatus().conflicts[0];
  if (!conflict) return null;
  const mayKeepBoth =
    queue.saved(conflict).marks.length > 0 && conflict.entries.some(({ wish }) => wish.kind === 'mark');
  const settle = (choice: 'mine' | 'theirs' | 'both') => {
    queue.settle(conflict, choice);
    // The dialog opened by itself: what had the focus before was the page, not a button.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[role=grid] [data-active]')?.focus());
  };
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t('conflict.title')}
    >
      <Stack gap="md">
        <div>
          <Text fw={500}>{naming(conflict)}</Text>
          <Text size="sm" c="dimmed">
            {t('conflict.text')}
          </Text>
        </div>
        <SimpleGrid cols={2}>
          <div>
            <Text size="sm" c="dimmed">
              {t('conflict.theirs')}
            </Text>
            <Text fz="lg" fw={600}>
              {textOf(queue.saved(conflict)) || t('cell.empty')}
            </Text>
          </div>
          <div>
            <Text size="sm" c="dimmed">
              {t('conflict.mine')}
            </Text>
            <Text fz="lg" fw={600}>
              {conflict.entries.map(({ wish }) => wishText(wish)).join(', ')}
            </Text>
          </div>
        </SimpleGrid>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => settle('theirs')} data-autofocus>
            {t('conflict.keepTheirs')}
          </Button>
          {mayKeepBoth && (
            <Button variant="default" onClick={() => settle('both')}>
              {t('conflict.keepBoth')}
            </Button>
          )}
          <Button onClick={() => settle('mine')}>{t('conflict.keepMine')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
