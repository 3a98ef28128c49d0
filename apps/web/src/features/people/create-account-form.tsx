import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/error';
import type { PersonRow } from '../../api/types';
import { useErrorText } from '../../i18n/use-error-text';
import { ErrorAlert } from '../../ui/error-alert';
import { useCheckedForm } from '../../ui/use-checked-form';
import { useCreateAccount } from './commands';
import { Credentials } from './credentials';

export function CreateAccountForm({ person, onClose }: { person: PersonRow; onClose(): void }) {
  const { t } = useTranslation(['people', 'common']);
  const textOf = useErrorText();
  const [login, setLogin] = useState('');
  const create = useCreateAccount();
  const form = useCheckedForm({ login: t('create.login') });

  if (create.data) return <Credentials person={person} credentials={create.data} onClose={onClose} />;

  const submit = async () => {
    const wanted = login.trim();
    const isFine = wanted === '' || (wanted.length >= 3 && /^[\p{L}\p{N}._@-]+$/u.test(wanted));
    if (create.isPending || form.show(isFine ? {} : { login: t('create.loginFormat') })) return;
    try {
      await create.run({ personId: person.personId, login: wanted || undefined });
    } catch (error) {
      if (hasCode(error, 'identity.login-taken')) form.show({ login: textOf(error) });
      else form.showFrom(error);
    }
  };
  return (
    <form {...form.formProps(() => void submit())}>
      <Stack>
        <Text size="sm">{t('create.text')}</Text>
        {!form.errors.login && <ErrorAlert error={create.error} />}
        <TextInput
          id={form.idOf('login')}
          label={t('create.login')}
          description={t('create.loginHint')}
          value={login}
          onChange={(event) => {
            setLogin(event.currentTarget.value);
            form.clear('login');
          }}
          error={form.errors.login}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          data-autofocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('create.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
