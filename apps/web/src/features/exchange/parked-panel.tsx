import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TonePanel } from '../../ui/tone-panel';
import { notify } from '../../ui/notify';
import { ReasonForm } from '../../ui/reason-form';
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
  const { t } = useTranslation('exchange');
  const decide = useDecide(id);
  return (
    <ReasonForm
      text={decision === 'apply' ? t('job.applyText') : t('job.refuseText')}
      label={t('job.decisionReason')}
      hint={t('job.decisionReasonHint')}
      submitLabel={decision === 'apply' ? t('job.apply') : t('job.refuse')}
      isDangerous={decision === 'refuse'}
      isPending={decide.isPending}
      error={decide.error}
      onSubmit={async (reason) => {
        await decide.run({ decision, reason });
        void notify(decision === 'apply' ? t('job.appliedNote') : t('job.refusedNote'));
        onClose();
      }}
      onClose={onClose}
    />
  );
}
