import { Button, PasswordInput, Stack } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { hasCode } from '../../api/error';
import { bodyOf } from '../../api/transport';
import { useCommand } from '../../api/use-command';
import { sessionReplaced } from '../../session/session';
import { ErrorAlert } from '../../ui/error-alert';
import { FormErrors } from '../../ui/form-errors';
import { useCheckedForm } from '../../ui/use-checked-form';
import { isLikeLogin, isLongEnough, PasswordRules } from './password-rules';

interface PasswordFormProps {
  currentLabel: string;
  /** known after the first change only */
  login: string;
  onChanged?(): void;
}

const EMPTY = { current: '', next: '', repeat: '' };

export function PasswordForm({ currentLabel, login, onChanged }: PasswordFormProps) {
  const { t } = useTranslation(['session', 'common']);
  const rulesId = useId();
  const [values, setValues] = useState(EMPTY);
  const form = useCheckedForm({
    currentPassword: currentLabel,
    newPassword: t('password.new'),
    repeat: t('password.repeat'),
  });
  const change = useCommand((body: { currentPassword: string; newPassword: string }, headers) =>
    bodyOf(api.POST('/api/v1/me/password', { body, headers })),
  );

  const check = () => {
    const { current, next, repeat } = values;
    const wrongNew = !isLongEnough(next)
      ? t('password.tooShort')
      : isLikeLogin(next, login)
        ? t('password.likeLogin')
        : next === current
          ? t('password.likeCurrent')
          : undefined;
    return form.show({
      currentPassword: current ? undefined : t('common:required'),
      newPassword: wrongNew,
      repeat: repeat === next ? undefined : t('password.mismatch'),
    });
  };

  const submit = async () => {
    if (change.isPending || check()) return;
    try {
      const session = await change.run({ currentPassword: values.current, newPassword: values.next });
      setValues(EMPTY);
      sessionReplaced(session);
      onChanged?.();
    } catch (error) {
      if (hasCode(error, 'identity.wrong-credentials')) {
        form.show({ currentPassword: t('password.wrongCurrent') });
      } else form.showFrom(error);
    }
  };

  const field = (name: 'currentPassword' | 'newPassword' | 'repeat', key: keyof typeof EMPTY) => ({
    id: form.idOf(name),
    value: values[key],
    error: form.errors[name],
    maxLength: 200,
    required: true,
    withAsterisk: false,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((now) => ({ ...now, [key]: value }));
      form.clear(name);
    },
    visibilityToggleButtonProps: { 'aria-label': t('signIn.showPassword'), tabIndex: 0 },
  });

  return (
    <form {...form.formProps(() => void submit())}>
      <Stack gap="md">
        <FormErrors errors={form.summary} />
        {form.summary.length === 0 && <ErrorAlert error={change.error} />}
        <PasswordInput
          {...field('currentPassword', 'current')}
          label={currentLabel}
          autoComplete="current-password"
        />
        <div>
          <PasswordInput
            {...field('newPassword', 'next')}
            label={t('password.new')}
            autoComplete="new-password"
            aria-describedby={rulesId}
            mb={8}
          />
          <PasswordRules id={rulesId} password={values.next} login={login} />
        </div>
        <PasswordInput
          {...field('repeat', 'repeat')}
          label={t('password.repeat')}
          autoComplete="new-password"
        />
        <Button type="submit" loading={change.isPending}>
          {t('password.save')}
        </Button>
      </Stack>
    </form>
  );
}
