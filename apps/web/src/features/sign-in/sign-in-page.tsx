import { Anchor, Button, PasswordInput, Stack, Text, TextInput, Title, VisuallyHidden } from '@mantine/core';
import { IconClock, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { hasCode } from '../../api/error';
import { signIn } from '../../session/session';
import { useSession } from '../../session/use-session';
import { OutsideFrame } from '../../shell/outside-frame';
import { ErrorAlert } from '../../ui/error-alert';
import { FormErrors } from '../../ui/form-errors';
import { TonePanel } from '../../ui/tone-panel';
import { useCheckedForm } from '../../ui/use-checked-form';
import { useFocusOn } from '../../ui/use-focus-on';
import { useCapsLock } from './use-caps-lock';
import { useCountdown } from './use-countdown';

export function Component() {
  const { t } = useTranslation(['session', 'common']);
  const session = useSession();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const caps = useCapsLock();
  const lock = useCountdown();
  const form = useCheckedForm({ login: t('signIn.login'), password: t('signIn.password') });

  useFocusOn(form.idOf('login'));

  const submit = async () => {
    if (isBusy || lock.secondsLeft > 0) return;
    const missing = t('common:required');
    if (form.show({ ...(!login.trim() && { login: missing }), ...(!password && { password: missing }) }))
      return;
    setBusy(true);
    setError(null);
    try {
      await signIn(login.trim(), password);
    } catch (refusal) {
      if (hasCode(refusal, 'identity.locked-out')) lock.start(Number(refusal.details.retryAfter) || 60);
      else if (!form.showFrom(refusal)) setError(refusal);
      // The login stays; a wrong password is typed anew as a whole, because it cannot be seen.
      if (hasCode(refusal, 'identity.wrong-credentials')) {
        setPassword('');
        document.getElementById(form.idOf('password'))?.focus();
      }
    } finally {
      setBusy(false);
    }
  };

  const reason = session.status === 'signed-out' && !error && !lock.wasStarted ? session.reason : null;
  return (
    <OutsideFrame>
      <title>{`${t('signIn.title')} — ${t('common:appName')}`}</title>
      <Title order={1}>{t('signIn.title')}</Title>
      {reason && (
        <div role="status">
          <TonePanel tone="info" icon={<IconInfoCircle size={20} aria-hidden />}>
            {t(`signIn.reason.${reason}`)}
          </TonePanel>
        </div>
      )}
      <form {...form.formProps(() => void submit())}>
        <Stack gap="md">
          <FormErrors errors={form.summary} />
          <ErrorAlert error={error} />
          {lock.wasStarted && (
            <TonePanel tone="warn" icon={<IconClock size={20} aria-hidden />}>
              <span aria-hidden className="parta-tabular">
                {lock.secondsLeft > 0 ? t('signIn.locked', { time: lock.text }) : t('signIn.unlocked')}
              </span>
              {/* Said once, and again at the end; the seconds between are for the eyes. */}
              <VisuallyHidden role="alert">
                {lock.secondsLeft > 0 ? t('signIn.locked', { time: lock.firstText }) : t('signIn.unlocked')}
              </VisuallyHidden>
            </TonePanel>
          )}
          <TextInput
            id={form.idOf('login')}
            label={t('signIn.login')}
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
            size="md"
          />
          <PasswordInput
            id={form.idOf('password')}
            label={t('signIn.password')}
            value={password}
            onChange={(event) => {
              setPassword(event.currentTarget.value);
              form.clear('password');
            }}
            {...caps.handlers}
            description={caps.isOn ? t('signIn.capsLock') : undefined}
            descriptionProps={{ role: 'status', c: 'var(--parta-warn-fg)' }}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            error={form.errors.password}
            autoComplete="current-password"
            maxLength={200}
            required
            withAsterisk={false}
            size="md"
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), tabIndex: 0 }}
          />
          <Button type="submit" size="md" loading={isBusy} disabled={lock.secondsLeft > 0}>
            {t('signIn.submit')}
          </Button>
        </Stack>
      </form>
      <Anchor component={Link} to="/invitation" size="sm" ta="center" py={4}>
        {t('signIn.haveInvitation')}
      </Anchor>
      <Text size="xs" c="dimmed" ta="center">
        {t('signIn.lost')}
      </Text>
    </OutsideFrame>
  );
}
