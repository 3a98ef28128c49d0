import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, hasCode } from '../../api/error';
import { useErrorText } from '../../i18n/use-error-text';
import { ErrorAlert } from '../../ui/error-alert';
import { FormErrors } from '../../ui/form-errors';
import { useCheckedForm } from '../../ui/use-checked-form';
import { useFocusOn } from '../../ui/use-focus-on';
import { useCountdown } from '../sign-in/use-countdown';
import classes from './notifications.module.css';
import { useConfirmContact, useRequestCode, type Channel, type SchoolContacts } from './queries';

/** Another code may be asked for later. */
const LIMITS = [
  'notifications.code-too-soon',
  'notifications.too-many-codes',
  'notifications.too-many-codes-to-address',
];

interface ConnectFormProps {
  school: SchoolContacts;
  channel: Channel;
  onDone(): void;
  onCancel(): void;
}

/** Consent in two steps: the text and the address, then the code that proves the address (126-ФЗ art. 44.1). */
export function ConnectForm({ school, channel, onDone, onCancel }: ConnectFormProps) {
  const { t } = useTranslation(['family', 'common']);
  const textOf = useErrorText();
  const contact = school[channel];
  const [address, setAddress] = useState(
    contact.pendingAddress ?? contact.address ?? contact.proposedAddress ?? '',
  );
  const [sentTo, setSentTo] = useState(contact.pendingAddress);
  const [code, setCode] = useState('');
  const [error, setError] = useState<unknown>(null);
  const again = useCountdown();
  const request = useRequestCode();
  const confirm = useConfirmContact();
  const form = useCheckedForm({ address: t(`notify.address.${channel}`), code: t('notify.code') });

  useFocusOn(form.idOf(sentTo ? 'code' : 'address'));

  const refused = (refusal: unknown): void => {
    if (hasCode(refusal, ...LIMITS))
      again.start(secondsUntil(refusal instanceof ApiError ? refusal.details.nextCodeAt : null));
    if (hasCode(refusal, 'notifications.address-invalid')) form.show({ address: textOf(refusal) });
    else if (hasCode(refusal, 'notifications.code-wrong')) form.show({ code: textOf(refusal) });
    else if (!form.showFrom(refusal)) setError(refusal);
  };

  const send = async (to: string): Promise<void> => {
    if (!to.trim()) return void form.show({ address: t('common:required') });
    form.reset();
    setError(null);
    try {
      const sent = await request.run({ schoolId: school.schoolId, channel, address: to.trim() });
      setSentTo(sent.address);
      setCode('');
      again.start(secondsUntil(sent.nextCodeAt));
    } catch (refusal) {
      refused(refusal);
    }
  };

  const prove = async (): Promise<void> => {
    if (!/^\d{6}$/.test(code)) return void form.show({ code: t('notify.codeFormat') });
    form.reset();
    setError(null);
    try {
      await confirm.run({
        schoolId: school.schoolId,
        channel,
        code,
        consentVersion: contact.consentVersion,
      });
      onDone();
    } catch (refusal) {
      setCode('');
      refused(refusal);
    }
  };

  return (
    <form {...form.formProps(() => void (sentTo ? prove() : send(address)))}>
      <Stack gap="sm">
        <FormErrors errors={form.summary} />
        <ErrorAlert error={error} />
        {sentTo ? (
          <>
            <Text size="sm">{t(`notify.codeSent.${channel}`, { address: sentTo })}</Text>
            <TextInput
              id={form.idOf('code')}
              className={classes.code}
              label={t('notify.code')}
              value={code}
              onChange={(event) => {
                setCode(event.currentTarget.value.replace(/\D/g, '').slice(0, 6));
                form.clear('code');
              }}
              error={form.errors.code}
              inputMode="numeric"
              autoComplete="one-time-code"
              maw={220}
            />
            <Group gap="xs">
              <Button type="submit" loading={confirm.isPending}>
                {t('notify.confirm')}
              </Button>
              <Button
                variant="default"
                disabled={again.secondsLeft > 0}
                loading={request.isPending}
                onClick={() => void send(sentTo)}
              >
                {again.secondsLeft > 0 ? t('notify.againIn', { time: again.text }) : t('notify.again')}
              </Button>
              <Button variant="subtle" onClick={() => setSentTo(null)}>
                {t('notify.otherAddress')}
              </Button>
            </Group>
          </>
        ) : (
          <>
            <div
              className={classes.consent}
              role="region"
              tabIndex={0}
              aria-label={t('notify.consentLabel')}
              lang="ru"
            >
              {contact.consentText}
            </div>
            <TextInput
              id={form.idOf('address')}
              label={t(`notify.address.${channel}`)}
              value={address}
              onChange={(event) => {
                setAddress(event.currentTarget.value);
                form.clear('address');
              }}
              error={form.errors.address}
              type={channel === 'email' ? 'email' : 'tel'}
              autoComplete={channel === 'email' ? 'email' : 'tel'}
              maxLength={254}
            />
            <Group gap="xs">
              <Button type="submit" loading={request.isPending} disabled={again.secondsLeft > 0}>
                {again.secondsLeft > 0 ? t('notify.againIn', { time: again.text }) : t('notify.agree')}
              </Button>
              <Button variant="default" onClick={onCancel}>
                {t('common:cancel')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </form>
  );
}

function secondsUntil(instant: unknown): number {
  const at = Date.parse(String(instant));
  return Number.isNaN(at) ? 60 : Math.max(1, Math.ceil((at - Date.now()) / 1000));
}
