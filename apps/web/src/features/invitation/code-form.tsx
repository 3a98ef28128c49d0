import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/error';
import type { Schemas } from '../../api/types';
import { useErrorText } from '../../i18n/use-error-text';
import { checkInvitation } from '../../session/session';
import { ErrorAlert } from '../../ui/error-alert';
import { FormErrors } from '../../ui/form-errors';
import { useCheckedForm } from '../../ui/use-checked-form';
import { useFocusOn } from '../../ui/use-focus-on';

interface CodeFormProps {
  code: string;
  onCode(code: string): void;
  onKnown(invitation: Schemas['InvitationView']): void;
}

export function CodeForm({ code, onCode, onKnown }: CodeFormProps) {
  const { t } = useTranslation('session');
  const textOf = useErrorText();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useCheckedForm({ code: t('invitation.code') });

  useFocusOn(form.idOf('code'));

  const submit = async () => {
    if (isBusy) return;
    if (form.show(code.trim().length < 8 ? { code: t('invitation.codeShort') } : {})) return;
    setBusy(true);
    setError(null);
    try {
      onKnown(await checkInvitation(code.trim()));
    } catch (refusal) {
      // About this very code, so it stands beside the code.
      const isAboutCode = hasCode(
        refusal,
        'identity.invitation-unknown',
        'identity.invitation-used',
        'identity.invitation-expired',
      );
      if (isAboutCode) form.show({ code: textOf(refusal) });
      else if (!form.showFrom(refusal)) setError(refusal);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form {...form.formProps(() => void submit())}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('invitation.intro')}
        </Text>
        <FormErrors errors={form.summary} />
        <ErrorAlert error={error} />
        <TextInput
          id={form.idOf('code')}
          label={t('invitation.code')}
          description={t('invitation.codeHint')}
          placeholder="K7QM-4T2X-9HRA"
          value={code}
          onChange={(event) => {
            onCode(event.currentTarget.value.toUpperCase());
            form.clear('code');
          }}
          error={form.errors.code}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          required
          withAsterisk={false}
          size="md"
          styles={{ input: { letterSpacing: '0.08em' } }}
        />
        <Button type="submit" size="md" loading={isBusy}>
          {t('invitation.check')}
        </Button>
      </Stack>
    </form>
  );
}
