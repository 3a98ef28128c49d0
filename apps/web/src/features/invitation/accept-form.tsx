import { Anchor, Box, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/error';
import type { Schemas } from '../../api/types';
import { useErrorText } from '../../i18n/use-error-text';
import { useFormats } from '../../i18n/use-formats';
import { acceptInvitation } from '../../session/session';
import { ErrorAlert } from '../../ui/error-alert';
import { FormErrors } from '../../ui/form-errors';
import { fullName } from '../../ui/names';
import { useCheckedForm } from '../../ui/use-checked-form';
import { isLikeLogin, isLongEnough, PasswordRules } from '../password/password-rules';

const LOGIN = /^[\p{L}\p{N}._@-]+$/u;

interface AcceptFormProps {
  code: string;
  invitation: Schemas['InvitationView'];
  onAccepting(): void;
  onAccepted(): void;
  onAnotherCode(): void;
}

export function AcceptForm({ code, invitation, onAccepting, onAccepted, onAnotherCode }: AcceptFormProps) {
  const { t } = useTranslation(['session', 'common']);
  const textOf = useErrorText();
  const formats = useFormats();
  const rulesId = useId();
  const [login, setLogin] = useState(invitation.suggestedLogin);
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useCheckedForm({ login: t('signIn.login'), password: t('signIn.password') });

  useEffect(() => {
    document.getElementById(form.idOf('login'))?.focus();
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const check = () => {
    const wanted = login.trim();
    return form.show({
      login:
        wanted.length < 3
          ? t('invitation.loginShort')
          : LOGIN.test(wanted)
            ? undefined
            : t('invitation.loginFormat'),
      password: !isLongEnough(password)
        ? t('password.tooShort')
        : isLikeLogin(password, wanted)
          ? t('password.likeLogin')
          : undefined,
    });
  };

  const submit = async () => {
    if (isBusy || check()) return;
    setBusy(true);
    setError(null);
    onAccepting();
    try {
      await acceptInvitation(code.trim(), login.trim(), password);
      onAccepted();
    } catch (refusal) {
      setBusy(false);
      if (hasCode(refusal, 'identity.login-taken')) form.show({ login: textOf(refusal) });
      else if (hasCode(refusal, 'identity.password-too-weak')) form.show({ password: textOf(refusal) });
      else if (!form.showFrom(refusal)) setError(refusal);
    }
  };

  return (
    <form {...form.formProps(() => void submit())}>
      <Stack gap="md">
        <Box
          p="md"
          bg="var(--parta-info-bg)"
          c="var(--parta-info-fg)"
          style={{ borderRadius: 'var(--mantine-radius-md)' }}
        >
          <Text size="xs">{t('invitation.forWhom')}</Text>
          <Text fw={600}>{fullName(invitation)}</Text>
          <Text size="sm">
            {t(`common:kind.${invitation.personKind}`)}, {invitation.schoolName}
          </Text>
          {invitation.children.length > 0 && (
            <Text size="sm" mt={4}>
              {t('invitation.children')}: {invitation.children.join('; ')}
            </Text>
          )}
          <Text size="xs" mt={4}>
            {t('invitation.validUntil', { date: formats.day(invitation.expiresAt) })}
          </Text>
        </Box>
        <Title order={2}>{t('invitation.choose')}</Title>
        <FormErrors errors={form.summary} />
        <ErrorAlert error={error} />
        <TextInput
          id={form.idOf('login')}
          label={t('signIn.login')}
          description={t('invitation.loginHint')}
          value={login}
          onChange={(event) => {
            setLogin(event.currentTarget.value);
            form.clear('login');
          }}
          error={form.errors.login}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
          required
          withAsterisk={false}
        />
        <div>
          <PasswordInput
            id={form.idOf('password')}
            label={t('signIn.password')}
            value={password}
            onChange={(event) => {
              setPassword(event.currentTarget.value);
              form.clear('password');
            }}
            error={form.errors.password}
            autoComplete="new-password"
            aria-describedby={rulesId}
            maxLength={200}
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), tabIndex: 0 }}
            mb={8}
          />
          <PasswordRules id={rulesId} password={password} login={login} />
        </div>
        <Button type="submit" size="md" loading={isBusy}>
          {t('invitation.create')}
        </Button>
        <Anchor component="button" type="button" size="sm" py={4} onClick={onAnotherCode}>
          {t('invitation.anotherCode')}
        </Anchor>
      </Stack>
    </form>
  );
}
