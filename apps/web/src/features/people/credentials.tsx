import { Button, Group, Stack } from '@mantine/core';
import { IconEyeOff, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PersonRow, Schemas } from '../../api/types';
import { useWorking } from '../../session/workspace';
import { CopyField } from '../../ui/copy-field';
import { fullName } from '../../ui/names';
import { PrintSheet } from '../../ui/print-sheet';
import { TonePanel } from '../../ui/tone-panel';
import { useSchools } from '../schools/queries';
import { CredentialsSlip, SlipSheet } from '../slips/slips';

interface CredentialsProps {
  person: PersonRow;
  credentials: Schemas['AccountCredentials'];
  onClose(): void;
}

/** Shown once: the server keeps the hash only. */
export function Credentials({ person, credentials, onClose }: CredentialsProps) {
  const { t } = useTranslation(['people', 'common']);
  const { me, workspace } = useWorking();
  const regional = useSchools(workspace.kind === 'region').data;
  const schools = regional ?? me.schools;
  const schoolName = schools.find(({ schoolId }) => schoolId === person.schoolId)?.name ?? '';
  return (
    <Stack>
      <TonePanel tone="warn" icon={<IconEyeOff size={20} aria-hidden />}>
        {t('credentials.once')}
      </TonePanel>
      <CopyField label={t('credentials.login')} value={credentials.login} />
      <CopyField label={t('credentials.password')} value={credentials.initialPassword} />
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
          <CredentialsSlip
            schoolName={schoolName}
            name={fullName(person)}
            login={credentials.login}
            password={credentials.initialPassword}
          />
        </SlipSheet>
      </PrintSheet>
    </Stack>
  );
}
