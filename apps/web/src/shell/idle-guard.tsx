import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useIdleCountdown } from '../session/idle';
import { signOut } from '../session/session';

/** The countdown before an unattended screen is signed out (R214). */
export function IdleGuard() {
  const { t } = useTranslation('account');
  const { secondsLeft, stay } = useIdleCountdown();
  return (
    <Modal
      opened={secondsLeft !== null}
      onClose={stay}
      withCloseButton={false}
      closeOnClickOutside={false}
      title={t('idle.title')}
      zIndex={1000}
    >
      <Stack>
        {/* Each second would be too much to listen to; the number is announced every quarter of a minute. */}
        <Text aria-hidden className="parta-tabular">
          {t('idle.text', { count: secondsLeft ?? 0 })}
        </Text>
        <Text role="status" fz={0} lh={0}>
          {t('idle.text', { count: Math.ceil((secondsLeft ?? 0) / 15) * 15 })}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => void signOut()}>
            {t('signOut')}
          </Button>
          <Button onClick={stay} data-autofocus>
            {t('idle.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
