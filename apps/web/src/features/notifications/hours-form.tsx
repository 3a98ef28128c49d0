import { Button, Group, Paper, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/error';
import { useErrorText } from '../../i18n/use-error-text';
import { ErrorAlert } from '../../ui/error-alert';
import { FormErrors } from '../../ui/form-errors';
import { notify } from '../../ui/notify';
import { useCheckedForm } from '../../ui/use-checked-form';
import { useSetHours, type SchoolContacts } from './queries';

const QUIET = { from: '21:00', to: '08:00' };

/** When messages may come. */
export function HoursForm({ school }: { school: SchoolContacts }) {
  const { t } = useTranslation(['family', 'common']);
  const textOf = useErrorText();
  const save = useSetHours();
  const [isQuiet, setQuiet] = useState(school.quietFrom !== school.quietTo);
  const [from, setFrom] = useState(isQuiet ? school.quietFrom : QUIET.from);
  const [to, setTo] = useState(isQuiet ? school.quietTo : QUIET.to);
  const [digestAt, setDigestAt] = useState(school.digestAt);
  const form = useCheckedForm({
    quietFrom: t('notify.quietFrom'),
    quietTo: t('notify.quietTo'),
    digestAt: t('notify.digestAt'),
  });
  const submit = (): void => {
    const missing = t('common:required');
    if (
      form.show({
        ...(isQuiet && !from && { quietFrom: missing }),
        ...(isQuiet && !to && { quietTo: missing }),
        ...(!digestAt && { digestAt: missing }),
      })
    )
      return;
    const hours = isQuiet ? { quietFrom: from, quietTo: to } : { quietFrom: '00:00', quietTo: '00:00' };
    save.run({ schoolId: school.schoolId, ...hours, digestAt }).then(
      () => void notify(t('notify.hoursSaved')),
      (refusal: unknown) => {
        if (hasCode(refusal, 'notifications.digest-in-quiet-hours')) form.show({ digestAt: textOf(refusal) });
      },
    );
  };
  const time = (
    name: 'quietFrom' | 'quietTo' | 'digestAt',
    value: string,
    onChange: (to: string) => void,
  ) => (
    <TextInput
      id={form.idOf(name)}
      type="time"
      label={t(`notify.${name}`)}
      value={value}
      error={form.errors[name]}
      onChange={(event) => {
        onChange(event.currentTarget.value);
        form.clear(name);
      }}
      w={150}
    />
  );
  const isShown = hasCode(save.error, 'notifications.digest-in-quiet-hours');
  return (
    <Paper p="md">
      <form {...form.formProps(submit)}>
        <Stack gap="sm">
          <Title order={3}>{t('notify.when')}</Title>
          <FormErrors errors={form.summary} />
          {!isShown && <ErrorAlert error={save.error} />}
          <Switch
            label={t('notify.quiet')}
            description={t('notify.quietHint')}
            checked={isQuiet}
            onChange={(event) => setQuiet(event.currentTarget.checked)}
          />
          <Group gap="sm" align="flex-start">
            {isQuiet && time('quietFrom', from, setFrom)}
            {isQuiet && time('quietTo', to, setTo)}
            {time('digestAt', digestAt, setDigestAt)}
          </Group>
          <Text size="sm" c="dimmed">
            {t('notify.zoneHint')}
          </Text>
          <Group>
            <Button type="submit" variant="default" loading={save.isPending}>
              {t('notify.saveHours')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
