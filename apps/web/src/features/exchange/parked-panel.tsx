import { Button, Group, Modal, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorAlert } from '../../ui/error-alert';
import { TonePanel } from '../../ui/tone-panel';
import { useCheckedForm } from '../../ui/use-checked-form';
import { notify } from '../../ui/notify';
import { useDecide, type Decision } from './commands';

export function ParkedPanel({ id, reason }: { id: string; reason: string | null }) {
  const { t } = useTranslation(['exchange', 'common']);
  const [decision, setDecision] = useState<Decision | null>(null);
  return (
    <TonePanel tone="warn" icon={<IconAlertTriangle size={22} aria-hidden />}>
      <Stack gap="xs" align="flex-start">
        <Title order={2} c="inherit">
          {t('job.parkedTitle')}
        </Title>
        {reason && <Text size="sm">{reason}</Text>}
        <Text size="sm">{t('job.parkedText')}</Text>
        <Group gap="xs" mt={4}>
          <Button variant="default" onClick={() => setDecision('refuse')}>
            {t('job.refuse')}
          </Button>
          <Button onClick={() => setDecision('apply')}>{t('job.apply')}</Button>
        </Group>
      </Stack>
      <Modal
        opened={decision !== null}
        onClose={() => setDecision(null)}
        title={decision === 'apply' ? t('job.applyTitle') : t('job.refuseTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {decision && <DecisionForm id={id} decision={decision} onClose={() => setDecision(null)} />}
      </Modal>
    </TonePanel>
  );
}

function DecisionForm({ id, decision, onClose }: { id: string; decision: Decision; onClose(): void }) {
  const { t } = useTranslation(['exchange', 'common']);
  const [reason, setReason] = useState('');
  const decide = useDecide(id);
  const form = useCheckedForm({ reason: t('job.decisionReason') });
  const submit = async () => {
    if (decide.isPending || form.show(reason.trim() ? {} : { reason: t('common:required') })) return;
    try {
      await decide.run({ decision, reason: reason.trim() });
      void notify(decision === 'apply' ? t('job.appliedNote') : t('job.refusedNote'));
      onClose();
    } catch (error) {
      form.showFrom(error);
    }
  };
  return (
    <form {...form.formProps(() => void submit())}>
      <Stack>
        <Text size="sm">{decision === 'apply' ? t('job.applyText') : t('job.refuseText')}</Text>
        <ErrorAlert error={decide.error} />
        <Textarea
          id={form.idOf('reason')}
          label={t('job.decisionReason')}
          description={t('job.decisionReasonHint')}
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
          <Button
            type="submit"
            loading={decide.isPending}
            color={decision === 'refuse' ? 'red.9' : undefined}
          >
            {decision === 'apply' ? t('job.apply') : t('job.refuse')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
