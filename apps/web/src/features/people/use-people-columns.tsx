import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import type { Column } from '../../ui/data-table';
import { fullName } from '../../ui/names';
import { AccountBadge } from './account-badge';
import { PersonMenu, type PersonActions } from './person-menu';

export function usePeopleColumns(actions: PersonActions): Column<PersonRow>[] {
  const { t } = useTranslation(['people', 'common']);
  const formats = useFormats();
  const rolesOf = ({ grants }: PersonRow) =>
    [...new Set(grants.map(({ role }) => t(`common:role.${role}`)))].join(', ');
  return [
    {
      key: 'name',
      header: t('columns.name'),
      width: 260,
      sort: 'name',
      card: 'title',
      clip: fullName,
      cell: (row) => fullName(row),
    },
    { key: 'kind', header: t('columns.kind'), width: 96, cell: (row) => t(`common:kind.${row.kind}`) },
    {
      key: 'class',
      header: t('columns.class'),
      width: 90,
      sort: 'class',
      clip: (row) => row.classTitles.join(', '),
      cell: (row) => row.classTitles.join(', '),
      isEmpty: (row) => row.classTitles.length === 0,
    },
    {
      key: 'relatives',
      header: t('columns.relatives'),
      width: 200,
      clip: (row) => row.relatives.join(', '),
      cell: (row) => row.relatives.join(', '),
      isEmpty: (row) => row.relatives.length === 0,
    },
    {
      key: 'roles',
      header: t('columns.roles'),
      width: 200,
      clip: (row) => (row.kind === 'staff' ? rolesOf(row) : ''),
      // «Ученик» and «Родитель» stand in the column before last already.
      cell: (row) => (row.kind === 'staff' ? rolesOf(row) : ''),
      isEmpty: (row) => row.kind !== 'staff' || row.grants.length === 0,
    },
    {
      key: 'account',
      header: t('columns.account'),
      width: 190,
      sort: 'account',
      cell: (row) => <AccountBadge state={row.accountState} />,
    },
    {
      key: 'login',
      header: t('columns.login'),
      width: 140,
      clip: (row) => row.login ?? '',
      cell: (row) => row.login,
      isEmpty: (row) => !row.login,
    },
    {
      key: 'lastSignIn',
      header: t('columns.lastSignIn'),
      width: 150,
      clip: (row) => (row.lastSignInAt ? formats.moment(row.lastSignInAt) : ''),
      cell: (row) =>
        row.lastSignInAt ? (
          formats.moment(row.lastSignInAt)
        ) : row.accountId ? (
          <Text size="sm" c="dimmed" component="span">
            {t('common:never')}
          </Text>
        ) : null,
      isEmpty: (row) => !row.accountId,
    },
    {
      key: 'actions',
      header: '',
      width: 48,
      align: 'right',
      card: 'corner',
      cell: (row) => (
        <Group justify="flex-end">
          <PersonMenu person={row} {...actions} />
        </Group>
      ),
    },
  ];
}
