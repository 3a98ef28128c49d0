import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock, IconMail, IconMessage } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats';
import { ConfirmModal } from '../../ui/confirm-modal';
import { notify } from '../../ui/notify';
import { ToneBadge } from '../../ui/tone-badge';
import { ConnectForm } from './connect-form';
import { useCloseContact, type Channel, type SchoolContacts } from './queries';

/** One way to reach the guardian: what it is, whether it works, and how to open, change or close it. */
export function ContactCard({ school, channel }: { school: SchoolContacts; channel: Channel }) {
  const { t } = useTranslation('family');
  const formats = useFormats();
  const contact = school[channel];
  const [isConnecting, setConnecting] = useState(contact.pendingAddress !== null);
  const [isClosing, setClosing] = useState(false);
  const close = useCloseContact();
  const Icon = channel === 'email' ? IconMail : IconMessage;
  const isOpen = contact.state === 'open';
  return (
    <Paper p="md">
      <Stack gap="sm">
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <Icon size={24} stroke={1.75} aria-hidden style={{ flexShrink: 0 }} />
          <div style={{ flex: 1, minWidth: 0 }}>
            <Group gap="xs">
              <Title order={3}>{t(`notify.channel.${channel}`)}</Title>
              <State state={contact.state} />
            </Group>
            <Text style={{ overflowWrap: 'anywhere' }}>
              {(isOpen || contact.state === 'failed') && contact.address}
            </Text>
            <Text size="sm" c="dimmed">
              {isOpen && contact.openedAt
                ? t('notify.consentSince', { date: formats.day(contact.openedAt) })
                : t(`notify.stateHint.${contact.state}`)}
            </Text>
          </div>
        </Group>
        {contact.state !== 'unavailable' &&
          (isConnecting ? (
            <ConnectForm
              school={school}
              channel={channel}
              onDone={() => {
                setConnecting(false);
                void notify(t('notify.connected'));
              }}
              onCancel={() => setConnecting(false)}
            />
          ) : (
            <Group gap="xs">
              <Button variant={isOpen ? 'default' : 'filled'} onClick={() => setConnecting(true)}>
                {isOpen ? t('notify.change') : t('notify.connect')}
              </Button>
              {(isOpen || contact.state === 'failed') && (
                <Button variant="default" onClick={() => setClosing(true)}>
                  {t('notify.disconnect')}
                </Button>
              )}
            </Group>
          ))}
      </Stack>
      <ConfirmModal
        opened={isClosing}
        title={t(`notify.closeTitle.${channel}`)}
        confirmLabel={t('notify.disconnect')}
        isPending={close.isPending}
        error={close.error}
        onClose={() => setClosing(false)}
        onConfirm={() =>
          close.start({ schoolId: school.schoolId, channel }, () => {
            setClosing(false);
            void notify(t('notify.disconnected'));
          })
        }
      >
        <Text size="sm">{t('notify.closeText')}</Text>
      </ConfirmModal>
    </Paper>
  );
}

function State({ state }: { state: string }) {
  const { t } = useTranslation('family');
  if (state === 'open')
    return (
      <ToneBadge tone="good" icon={<IconCheck size={12} aria-hidden />}>
        {t('notify.state.open')}
      </ToneBadge>
    );
  if (state === 'awaiting-code')
    return (
      <ToneBadge tone="info" icon={<IconClock size={12} aria-hidden />}>
        {t('notify.state.awaiting-code')}
      </ToneBadge>
    );
  if (state === 'failed')
    return (
      <ToneBadge tone="bad" icon={<IconAlertTriangle size={12} aria-hidden />}>
        {t('notify.state.failed')}
      </ToneBadge>
    );
  return <ToneBadge tone="quiet">{t('notify.state.none')}</ToneBadge>;
}
