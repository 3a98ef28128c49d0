import { Anchor, Skeleton, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PersonKind } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { ErrorAlert } from '../../ui/error-alert';
import { useAccountCounts } from '../people/queries';
import { Panel } from './panel';

const KINDS = ['staff', 'student', 'guardian'] as const;
type Missing = 'none' | 'invited';

/** How many cannot sign in yet; each number leads to exactly those people. */
export function AccountsPanel() {
  const { t } = useTranslation(['home', 'people']);
  const counts = useAccountCounts();
  const countOf = (kind: PersonKind) => counts.data?.find((one) => one.kind === kind);
  if (counts.isError) {
    return (
      <Panel title={t('accounts.title')}>
        <ErrorAlert error={counts.error} onRetry={() => void counts.refetch()} />
      </Panel>
    );
  }
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
                <CountLink kind={kind} account="none" count={countOf(kind)?.none} />
              </Table.Td>
              <Table.Td ta="right">
                <CountLink kind={kind} account="invited" count={countOf(kind)?.invited} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

interface CountLinkProps {
  kind: PersonKind;
  account: Missing;
  /** not known yet if left out */
  count: number | undefined;
}

function CountLink({ kind, account, count }: CountLinkProps) {
  const { t } = useTranslation(['home', 'people']);
  const formats = useFormats();
  if (count === undefined) return <Skeleton h={14} w={40} ml="auto" my={3} />;
  if (count === 0) {
    return (
      <Text size="sm" c="dimmed">
        0
      </Text>
    );
  }
  const values = { kind: t(`people:kinds.${kind}`), count };
  return (
    <Anchor
      component={Link}
      to={`/people?kind=${kind}&account=${account}`}
      size="sm"
      fw={600}
      aria-label={account === 'none' ? t('accounts.noneLink', values) : t('accounts.invitedLink', values)}
    >
      {formats.number(count)}
    </Anchor>
  );
}
