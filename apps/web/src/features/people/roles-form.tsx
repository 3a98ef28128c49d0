import { Button, Divider, Group, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '../../ui/date-field/date-field';
import type { PersonRow } from '../../api/types';
import { STAFF_ROLES } from '../../session/roles';
import { ErrorAlert } from '../../ui/error-alert';
import { FormErrors } from '../../ui/form-errors';
import { useCheckedForm } from '../../ui/use-checked-form';
import { notify } from '../../ui/notify';
import { useGiveRole, type StaffRole } from './commands';
import { RoleList } from './role-list';

const EMPTY = { role: null as StaffRole | null, orderNumber: '', orderDate: null as string | null };

export function RolesForm({ person }: { person: PersonRow }) {
  const { t } = useTranslation(['people', 'common']);
  const [values, setValues] = useState(EMPTY);
  const give = useGiveRole();
  const form = useCheckedForm({
    role: t('roles.role'),
    orderNumber: t('roles.orderNumber'),
    orderDate: t('roles.orderDate'),
  });
  const held = new Set(person.grants.map(({ role }) => role));
  const roleOptions = STAFF_ROLES.filter((role) => !held.has(role)).map((role) => ({
    value: role,
    label: t(`common:role.${role}`),
  }));

  const submit = async () => {
    const { role, orderNumber, orderDate } = values;
    const number = orderNumber.trim();
    const found = form.show({
      role: role ? undefined : t('common:required'),
      orderNumber: orderDate && !number ? t('roles.orderBoth') : undefined,
      orderDate: number && !orderDate ? t('roles.orderBoth') : undefined,
    });
    if (give.isPending || found || !role) return;
    try {
      await give.run({
        personId: person.personId,
        schoolId: person.schoolId,
        role,
        orderNumber: number || null,
        orderDate,
      });
      setValues(EMPTY);
      void notify(t('roles.given', { role: t(`common:role.${role}`) }));
    } catch (error) {
      form.showFrom(error);
    }
  };

  return (
    <Stack>
      <RoleList person={person} />
      <Divider />
      <form {...form.formProps(() => void submit())}>
        <Stack gap="sm">
          <Title order={3}>{t('roles.give')}</Title>
          <FormErrors errors={form.summary} />
          <ErrorAlert error={give.error} />
          <Select
            id={form.idOf('role')}
            label={t('roles.role')}
            placeholder={t('roles.chooseRole')}
            data={roleOptions}
            value={values.role}
            onChange={(role) => {
              setValues((now) => ({ ...now, role: role as StaffRole | null }));
              form.clear('role');
            }}
            error={form.errors.role}
            maxDropdownHeight={320}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput
              id={form.idOf('orderNumber')}
              label={t('roles.orderNumber')}
              value={values.orderNumber}
              onChange={(event) => {
                const orderNumber = event.currentTarget.value;
                setValues((now) => ({ ...now, orderNumber }));
                form.clear('orderNumber');
              }}
              error={form.errors.orderNumber}
              maxLength={100}
            />
            <DateField
              isClearable
              id={form.idOf('orderDate')}
              label={t('roles.orderDate')}
              value={values.orderDate ?? null}
              onChange={(orderDate) => {
                setValues((now) => ({ ...now, orderDate }));
                form.clear('orderDate');
              }}
              error={form.errors.orderDate}
              min="1990-01-01"
              max="2100-12-31"
            />
          </SimpleGrid>
          <Group justify="space-between">
            <Text size="xs" c="dimmed">
              {t('roles.orderHint')}
            </Text>
            <Button type="submit" loading={give.isPending}>
              {t('roles.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}
