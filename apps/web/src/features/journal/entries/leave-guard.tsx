import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import { useHasDraft } from './held-drafts';

/** Stops leaving while anything is unsaved; once all is saved it lets go by itself. */
export function LeaveGuard({ unsaved }: { unsaved: number }) {
  const { t } = useTranslation('journal');
  const hasDraft = useHasDraft();
  const isHeld = unsaved > 0 || hasDraft;
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isHeld && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isHeld) return;
    const onLeave = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', onLeave);
    return () => window.removeEventListener('beforeunload', onLeave);
  }, [isHeld]);
  useEffect(() => {
    if (!isHeld && blocker.state === 'blocked') blocker.proceed();
  }, [isHeld, blocker]);
  if (blocker.state !== 'blocked') return null;
  return (
    <Modal opened onClose={() => blocker.reset()} withCloseButton={false} title={t('leave.title')}>
      <Stack gap="md">
        <div>
          {unsaved > 0 && <Text size="sm">{t('leave.text', { count: unsaved })}</Text>}
          {hasDraft && <Text size="sm">{t('leave.draft')}</Text>}
        </div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => blocker.proceed()}>
            {t('leave.leave')}
          </Button>
          <Button onClick={() => blocker.reset()} data-autofocus>
            {t('leave.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
