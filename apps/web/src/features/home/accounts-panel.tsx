import { Anchor, Skeleton, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PersonKind } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { ErrorAlert } from '../../ui/error-alert';
import { usePeopleCount } from '../people/queries';
import { Panel } from './panel';

const KINDS = ['staff', 'student', 'guardian'] as const;
type Missing = 'none' | 'invited';

/** How many cannot sign in yet; each number leads to exactly those people. */
export function AccountsPanel() {
  const { t } = useTranslation(['home', 'people']);
  return (
    <Panel title={t('accounts.title')}>
      <Table tabularNums highlightOnHover={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            <Table.Th scope="col" ta="right" fw={500} fz="xs">
              {t('accounts.none')}
            </Table.Th>
            <Table.Th scope="col" ta="right" fw={500} fz="xs">
              {t('accounts.invited')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {KINDS.map((kind) => (
            <Table.Tr key={kind}>
              <Table.Th scope="row" fw={400}>
                {t(`people:kinds.${kind}`)}
              </Table.Th>
              <Table.Td ta="right">
                <CountLink kind={kind} account="none" />
              </Table.Td>
              <Table.Td ta="right">
                <CountLink kind={kind} account="invited" />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function CountLink({ kind, account }: { kind: PersonKind; account: Missing }) {
  const { t } = useTranslation(['home', 'people']);
  const formats = useFormats();
  const count = usePeopleCount({ kind, account });
  if (count.isPending) return <Skeleton h={14} w={40} ml="auto" my={3} />;
  if (count.isError) return <ErrorAlert error={count.error} onRetry={() => void count.refetch()} />;
  if (count.data === 0) {
    return (
      <Text size="sm" c="dimmed">
        0
      </Text>
    );
  }
  const values = { kind: t(`people:kinds.${kind}`), count: count.data };
  return (
    <Anchor
      component={Link}
      to={`/people?kind=${kind}&account=${account}`}
      size="sm"
      fw={600}
      aria-label={account === 'none' ? t('accounts.noneLink', values) : t('accounts.invitedLink', values)}
    >
      {formats.number(count.data)}
    </Anchor>
  );
}
