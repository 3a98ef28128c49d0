import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonRow, Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { useWorking } from '../../session/workspace';
import { ErrorAlert } from '../../ui/error-alert';
import { TonePanel } from '../../ui/tone-panel';
import { notify } from '../../ui/notify';
import { useTakeRoleBack } from './commands';

type Grant = Schemas['PersonGrant'];

/** The roles a person has, where each comes from, and taking back those given by hand. */
export function RoleList({ person }: { person: PersonRow }) {
  const { t } = useTranslation(['people', 'common']);
  const { me } = useWorking();
  const formats = useFormats();
  const takeBack = useTakeRoleBack();
  const [asked, setAsked] = useState<Grant | null>(null);

  const originOf = ({ origin, orderNumber, orderDate }: Grant): string => {
    if (origin === 'roster') return t('roles.fromRoster');
    if (!orderNumber) return t('roles.byHand');
    return orderDate
      ? t('roles.byOrder', { number: orderNumber, date: formats.date(orderDate) })
      : t('roles.byOrderNumber', { number: orderNumber });
  };
  const remove = ({ grantId, role }: Grant) =>
    takeBack.start({ personId: person.personId, grantId }, () => {
      setAsked(null);
      void notify(t('roles.revoked', { role: t(`common:role.${role}`) }));
    });

  return (
    <Stack gap="sm">
      <Title order={3}>{t('roles.now')}</Title>
      <ErrorAlert error={takeBack.error} />
      {person.grants.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('roles.nowEmpty')}
        </Text>
      )}
      {person.grants.map((grant) => (
        <div key={grant.grantId}>
          <Group justify="space-between" wrap="nowrap">
            <div>
              <Text size="sm" fw={500}>
                {t(`common:role.${grant.role}`)}
              </Text>
              <Text size="xs" c="dimmed">
                {originOf(grant)}
              </Text>
            </div>
            {grant.origin === 'order' && person.accountId !== me.accountId && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('roles.revokeNamed', { role: t(`common:role.${grant.role}`) })}
                onClick={() => setAsked(grant)}
              >
                {t('roles.revoke')}
              </Button>
            )}
          </Group>
          {asked?.grantId === grant.grantId && (
            <TonePanel tone="warn">
              <Group justify="space-between" role="alert">
                <span>{t('roles.revokeConfirm', { role: t(`common:role.${grant.role}`) })}</span>
                <Group gap="xs">
                  <Button size="xs" variant="default" onClick={() => setAsked(null)}>
                    {t('common:cancel')}
                  </Button>
                  <Button size="xs" color="red.9" loading={takeBack.isPending} onClick={() => remove(grant)}>
                    {t('roles.revoke')}
                  </Button>
                </Group>
              </Group>
            </TonePanel>
          )}
        </div>
      ))}
    </Stack>
  );
}
