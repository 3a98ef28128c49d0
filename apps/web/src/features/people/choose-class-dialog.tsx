import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorAlert } from '../../ui/error-alert';
import { useClasses } from '../classes/queries';

export function ChooseClassDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation(['people', 'common']);
  const navigate = useNavigate();
  const classes = useClasses(opened);
  const [classId, setClassId] = useState<string | null>(null);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('classInvitations.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Text size="sm">{t('classInvitations.text')}</Text>
        <ErrorAlert error={classes.error} onRetry={() => void classes.refetch()} />
        <Select
          label={t('classInvitations.class')}
          placeholder={t('classInvitations.choose')}
          searchable
          data={(classes.data ?? []).map((row) => ({ value: row.classId, label: row.title }))}
          value={classId}
          onChange={setClassId}
          data-autofocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button disabled={!classId} onClick={() => void navigate(`/classes/${classId}/invitations`)}>
            {t('classInvitations.next')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
