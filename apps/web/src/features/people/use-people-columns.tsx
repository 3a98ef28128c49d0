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
  const aboutOf = ({ kind, grants, relatives }: PersonRow) =>
    (kind === 'staff' ? [...new Set(grants.map(({ role }) => t(`common:role.${role}`)))] : relatives).join(
      ', ',
    );
  return [
    {
      key: 'name',
      header: t('columns.name'),
      sort: 'name',
      card: 'title',
      clip: fullName,
      cell: (row) => fullName(row),
    },
    { key: 'kind', header: t('columns.kind'), width: 108, cell: (row) => t(`common:kind.${row.kind}`) },
    {
      key: 'class',
      header: t('columns.class'),
      width: 76,
      sort: 'class',
      clip: (row) => row.classTitles.join(', '),
      cell: (row) => row.classTitles.join(', '),
      isEmpty: (row) => row.classTitles.length === 0,
    },
    {
      // Staff are known by their roles, families by each other; nobody needs both columns.
      key: 'about',
      header: t('columns.about'),
      width: 204,
      clip: aboutOf,
      cell: aboutOf,
      isEmpty: (row) => aboutOf(row) === '',
    },
    {
      key: 'account',
      header: t('columns.account'),
      width: 188,
      sort: 'account',
      cell: (row) => <AccountBadge state={row.accountState} />,
    },
    {
      key: 'login',
      header: t('columns.login'),
      width: 116,
      clip: (row) => row.login ?? '',
      cell: (row) => row.login,
      isEmpty: (row) => !row.login,
    },
    {
      key: 'lastSignIn',
      header: t('columns.lastSignIn'),
      width: 132,
      cell: (row) =>
        row.lastSignInAt ? (
          <span title={formats.moment(row.lastSignInAt)}>{formats.stamp(row.lastSignInAt)}</span>
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
      width: 56,
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
