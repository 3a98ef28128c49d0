import { Button, Group, Stack, Text } from '@mantine/core';
import { IconEyeOff, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { CopyField } from '../../ui/copy-field';
import { ErrorAlert } from '../../ui/error-alert';
import { PrintSheet } from '../../ui/print-sheet';
import { TonePanel } from '../../ui/tone-panel';
import { InvitationSlip, SlipSheet } from '../slips/slips';
import { useInvitePerson } from './commands';

export function InvitePerson({ person, onClose }: { person: PersonRow; onClose(): void }) {
  const { t } = useTranslation(['people', 'common']);
  const formats = useFormats();
  const invite = useInvitePerson();
  const issued = invite.data?.invitations[0];
  if (!invite.data || !issued) {
    return (
      <Stack>
        <Text size="sm">{t('invite.text')}</Text>
        <ErrorAlert error={invite.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button loading={invite.isPending} onClick={() => invite.start(person)} data-autofocus>
            {t('invite.submit')}
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Stack>
      <TonePanel tone="warn" icon={<IconEyeOff size={20} aria-hidden />}>
        {t('invite.once')}
      </TonePanel>
      <CopyField label={t('invite.code')} value={issued.code} />
      <Text size="sm" c="dimmed">
        {t('invite.until', { date: formats.day(issued.expiresAt) })}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('credentials.printSlip')}
        </Button>
        <Button onClick={onClose} data-autofocus>
          {t('common:done')}
        </Button>
      </Group>
      <PrintSheet>
        <SlipSheet>
          <InvitationSlip
            schoolName={invite.data.schoolName}
            classTitle={invite.data.classTitle}
            invitation={issued}
          />
        </SlipSheet>
      </PrintSheet>
    </Stack>
  );
}
