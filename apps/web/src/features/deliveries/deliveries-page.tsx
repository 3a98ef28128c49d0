import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconMailbox } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormats } from '../../i18n/use-formats';
import { useMay } from '../../session/workspace';
import { ConfirmModal } from '../../ui/confirm-modal';
import type { Column } from '../../ui/data-table';
import { DateField } from '../../ui/date-field/date-field';
import { ListView } from '../../ui/list-view';
import { notify } from '../../ui/notify';
import { Page } from '../../ui/page';
import { SearchField } from '../../ui/search-field';
import { DeliveryState, TROUBLE } from './delivery-state';
import { PAGE_SIZE, useDeliveries, useResend, type Delivery } from './queries';
import { STATES, useDeliveriesFilter } from './use-deliveries-filter';

/** What was sent to families, and what became of it. */
export function Component() {
  const { t } = useTranslation('deliveries');
  const filter = useDeliveriesFilter();
  const deliveries = useDeliveries(filter.query);
  const resend = useResend();
  const mayResend = useMay('oversee');
  const maySeeConsents = useMay('seeConsents');
  const [resending, setResending] = useState<Delivery | null>(null);
  const columns = useColumns((row) => {
    resend.reset();
    setResending(row);
  }, mayResend);
  return (
    <Page
      title={t('title')}
      note={t('note')}
      actions={
        maySeeConsents && (
          <Button component={Link} to="/deliveries/consents" variant="default">
            {t('consents.title')}
          </Button>
        )
      }
    >
      <Filters filter={filter} />
      <ListView
        query={deliveries}
        count={deliveries.data && t('count', { count: deliveries.data.total })}
        label={t('title')}
        columns={columns}
        rows={deliveries.data?.deliveries}
        rowKey={(row) => row.messageId}
        skeletonRows={10}
        minWidth={1120}
        empty={{
          Icon: IconMailbox,
          title: t('emptyTitle'),
          hint: filter.isNarrowed ? t('emptyNarrowed') : t('emptyHint'),
          onReset: filter.isNarrowed && filter.reset,
        }}
        paging={{
          page: filter.page,
          pageSize: PAGE_SIZE,
          total: deliveries.data?.total,
          onPage: filter.setPage,
        }}
      />

      <ConfirmModal
        opened={resending !== null}
        title={t('resendTitle')}
        confirmLabel={t('resend')}
        isPending={resend.isPending}
        error={resend.error}
        onClose={() => setResending(null)}
        onConfirm={() =>
          resend.start(resending!.messageId, () => {
            setResending(null);
            void notify(t('resent'));
          })
        }
      >
        <Text size="sm">{t(resending?.state === 'uncertain' ? 'resendUncertain' : 'resendText')}</Text>
      </ConfirmModal>
    </Page>
  );
}

function Filters({ filter }: { filter: ReturnType<typeof useDeliveriesFilter> }) {
  const { t } = useTranslation('deliveries');
  const { query, set } = filter;
  return (
    <Group gap="sm" role="search" align="flex-end">
      <div style={{ flex: '1 1 16rem', maxWidth: 360 }}>
        <SearchField
          label={t('search')}
          placeholder={t('searchPlaceholder')}
          value={filter.q}
          onSearch={(q) => set({ q })}
        />
      </div>
      <Select
        aria-label={t('filterState')}
        placeholder={t('anyState')}
        clearable
        style={{ flex: '1 1 10rem', maxWidth: 220 }}
        data={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        value={query.state ?? null}
        onChange={(state) => set({ state })}
      />
      <Select
        aria-label={t('filterChannel')}
        placeholder={t('anyChannel')}
        clearable
        style={{ flex: '1 1 8rem', maxWidth: 160 }}
        data={(['email', 'sms'] as const).map((value) => ({ value, label: t(`channel.${value}`) }))}
        value={query.channel ?? null}
        onChange={(channel) => set({ channel })}
      />
      <DateField
        label={t('from')}
        value={query.from ?? null}
        max={query.to}
        isClearable
        style={{ flex: '1 1 9rem', maxWidth: '11rem' }}
        onChange={(from) => set({ from })}
      />
      <DateField
        label={t('to')}
        value={query.to ?? null}
        min={query.from}
        isClearable
        style={{ flex: '1 1 9rem', maxWidth: '11rem' }}
        onChange={(to) => set({ to })}
      />
    </Group>
  );
}

function useColumns(onResend: (row: Delivery) => void, mayResend: boolean): Column<Delivery>[] {
  const { t } = useTranslation('deliveries');
  const formats = useFormats();
  return [
    {
      key: 'whom',
      header: t('columns.whom'),
      width: 240,
      card: 'title',
      cell: (row) => (
        <Stack gap={0}>
          <span>{row.guardianName}</span>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {`${t(`channel.${row.channel}`)}, ${row.address}`}
          </Text>
        </Stack>
      ),
    },
    {
      key: 'children',
      header: t('columns.children'),
      width: 180,
      cell: (row) => row.children.join(', '),
      isEmpty: (row) => row.children.length === 0,
    },
    {
      key: 'text',
      header: t('columns.text'),
      cell: (row) => (
        <Text size="sm" lineClamp={3} style={{ overflowWrap: 'anywhere' }} title={row.text ?? undefined}>
          {row.text ?? (row.kind === 'code' ? t('code') : row.state === 'waiting' ? t('notYet') : '—')}
        </Text>
      ),
    },
    { key: 'created', header: t('columns.created'), width: 132, cell: (row) => formats.stamp(row.createdAt) },
    {
      key: 'state',
      header: t('columns.state'),
      width: 190,
      cell: (row) => (
        <Stack gap={2} align="flex-start">
          <DeliveryState state={row.state} />
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {row.state === 'waiting'
              ? t('until', { time: formats.deadline(row.dueAt) })
              : (row.problem ?? (row.settledAt && formats.stamp(row.settledAt)))}
          </Text>
        </Stack>
      ),
    },
    {
      key: 'actions',
      header: '',
      width: 170,
      align: 'right',
      cell: (row) =>
        mayResend &&
        row.kind !== 'code' &&
        TROUBLE.includes(row.state) && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('resendNamed', { name: row.guardianName })}
            onClick={() => onResend(row)}
          >
            {t('resend')}
          </Button>
        ),
      isEmpty: (row) => !mayResend || row.kind === 'code' || !TROUBLE.includes(row.state),
    },
  ];
}
