import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../../api/types';
import { ErrorAlert } from '../../ui/error-alert';
import { useCheckedForm } from '../../ui/use-checked-form';
import { notify } from '../../ui/notify';
import { useSetBlocked } from './commands';

export function BlockForm({ person, onClose }: { person: PersonRow; onClose(): void }) {
  const { t } = useTranslation(['people', 'common']);
  // The list refreshes under the dialog; what was asked for stays what it was.
  const [isUnblocking] = useState(person.accountState === 'blocked');
  const [reason, setReason] = useState('');
  const set = useSetBlocked();
  const form = useCheckedForm({ reason: t('block.reason') });

  const submit = async () => {
    if (set.isPending || form.show(reason.trim() ? {} : { reason: t('common:required') })) return;
    try {
      await set.run({ accountId: person.accountId!, isBlocked: !isUnblocking, reason: reason.trim() });
      void notify(isUnblocking ? t('block.unblocked') : t('block.blocked'));
      onClose();
    } catch (error) {
      form.showFrom(error);
    }
  };
  return (
    <form {...form.formProps(() => void submit())}>
      <Stack>
        <Text size="sm">{isUnblocking ? t('block.unblockText') : t('block.text')}</Text>
        <ErrorAlert error={set.error} />
        <Textarea
          id={form.idOf('reason')}
          label={t('block.reason')}
          description={t('block.reasonHint')}
          value={reason}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            form.clear('reason');
          }}
          error={form.errors.reason}
          maxLength={500}
          autosize
          minRows={2}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" color={isUnblocking ? undefined : 'red.9'} loading={set.isPending}>
            {isUnblocking ? t('block.unblockSubmit') : t('block.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
