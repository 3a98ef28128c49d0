import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../../api/types';
import { ErrorAlert } from '../../ui/error-alert';
import { useResetPassword } from './commands';
import { Credentials } from './credentials';

export function ResetPassword({ person, onClose }: { person: PersonRow; onClose(): void }) {
  const { t } = useTranslation(['people', 'common']);
  const reset = useResetPassword();
  if (reset.data) return <Credentials person={person} credentials={reset.data} onClose={onClose} />;
  return (
    <Stack>
      <Text size="sm">{t('newPassword.text')}</Text>
      <ErrorAlert error={reset.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('common:cancel')}
        </Button>
        <Button loading={reset.isPending} onClick={() => reset.start(person.accountId!)}>
          {t('newPassword.submit')}
        </Button>
      </Group>
    </Stack>
  );
}
