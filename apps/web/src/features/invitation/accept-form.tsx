import { Anchor, Box, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/error';
import type { Schemas } from '../../api/types';
import { useErrorText } from '../../i18n/use-error-text';
import { acceptInvitation } from '../../session/session';
import { ErrorAlert } from '../../ui/error-alert';
import { FormErrors } from '../../ui/form-errors';
import { useCheckedForm } from '../../ui/use-checked-form';
import { useFocusOn } from '../../ui/use-focus-on';
import { isLikeLogin, isLongEnough, PasswordRules } from '../password/password-rules';
import { InvitationCard } from './invitation-card';

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
  const rulesId = useId();
  // A parent of two schools has an account from the first: the second invitation joins it.
  const [isJoining, setJoining] = useState(false);
  const [login, setLogin] = useState(invitation.suggestedLogin);
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useCheckedForm({ login: t('signIn.login'), password: t('signIn.password') });

  useFocusOn(form.idOf('login'), isJoining);

  const wrongLogin = (wanted: string) => {
    if (wanted.length < 3) return t('invitation.loginShort');
    return LOGIN.test(wanted) ? undefined : t('invitation.loginFormat');
  };
  const wrongPassword = (wanted: string) => {
    if (isJoining) return password ? undefined : t('common:required');
    if (!isLongEnough(password)) return t('password.tooShort');
    return isLikeLogin(password, wanted) ? t('password.likeLogin') : undefined;
  };

  const refused = (refusal: unknown) => {
    if (hasCode(refusal, 'identity.join-refused')) {
      form.show({ password: t('invitation.joinWrong') });
    } else if (hasCode(refusal, 'identity.login-taken')) form.show({ login: textOf(refusal) });
    else if (hasCode(refusal, 'identity.password-too-weak')) form.show({ password: textOf(refusal) });
    else if (!form.showFrom(refusal)) setError(refusal);
  };

  const submit = async () => {
    const wanted = login.trim();
    if (isBusy || form.show({ login: wrongLogin(wanted), password: wrongPassword(wanted) })) return;
    setBusy(true);
    setError(null);
    onAccepting();
    try {
      await acceptInvitation(code.trim(), wanted, password, isJoining);
      onAccepted();
    } catch (refusal) {
      setBusy(false);
      refused(refusal);
    }
  };

  const switchMode = () => {
    setJoining(!isJoining);
    setLogin(isJoining ? invitation.suggestedLogin : '');
    setPassword('');
    setError(null);
    form.reset();
  };

  return (
    <form {...form.formProps(() => void submit())}>
      <Stack gap="md">
        <InvitationCard invitation={invitation} />
        <div>
          <Title order={2}>{isJoining ? t('invitation.join') : t('invitation.choose')}</Title>
          {isJoining && (
            <Text size="sm" c="dimmed" mt={4}>
              {t('invitation.joinHint')}
            </Text>
          )}
        </div>
        <FormErrors errors={form.summary} />
        <ErrorAlert error={error} />
        <TextInput
          id={form.idOf('login')}
          label={t('signIn.login')}
          description={isJoining ? undefined : t('invitation.loginHint')}
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
        <Box>
          <PasswordInput
            id={form.idOf('password')}
            label={t('signIn.password')}
            value={password}
            onChange={(event) => {
              setPassword(event.currentTarget.value);
              form.clear('password');
            }}
            error={form.errors.password}
            autoComplete={isJoining ? 'current-password' : 'new-password'}
            aria-describedby={isJoining ? undefined : rulesId}
            maxLength={200}
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), tabIndex: 0 }}
            mb={8}
          />
          {!isJoining && <PasswordRules id={rulesId} password={password} login={login} />}
        </Box>
        <Button type="submit" size="md" loading={isBusy}>
          {isJoining ? t('invitation.joinSubmit') : t('invitation.create')}
        </Button>
        <Anchor component="button" type="button" size="sm" py={4} onClick={switchMode}>
          {isJoining ? t('invitation.noAccount') : t('invitation.haveAccount')}
        </Anchor>
        <Anchor component="button" type="button" size="sm" py={4} onClick={onAnotherCode}>
          {t('invitation.anotherCode')}
        </Anchor>
      </Stack>
    </form>
  );
}
