import { Button, Group, Modal, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { signOut } from '../session/session';

export default function IdleDialog({ secondsLeft, onStay }: { secondsLeft: number; onStay(): void }) {
  const { t } = useTranslation('account');
  return (
    <Modal
      opened
      onClose={onStay}
      withCloseButton={false}
      closeOnClickOutside={false}
      title={t('idle.title')}
      zIndex={1000}
    >
      <Stack>
        <Text aria-hidden className="parta-tabular">
          {t('idle.text', { count: secondsLeft })}
        </Text>
        {/* Each second would be too much to listen to; the number is said every quarter of a minute. */}
        <VisuallyHidden role="status">
          {t('idle.text', { count: Math.ceil(secondsLeft / 15) * 15 })}
        </VisuallyHidden>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => void signOut()}>
            {t('signOut')}
          </Button>
          <Button onClick={onStay} data-autofocus>
            {t('idle.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
