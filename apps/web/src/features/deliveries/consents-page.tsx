import { Button, Modal, Stack, Text } from '@mantine/core';
import { IconCheck, IconSignature, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats';
import { useWorking } from '../../session/workspace';
import { BackLink } from '../../ui/back-link';
import type { Column } from '../../ui/data-table';
import { ListView } from '../../ui/list-view';
import { Page } from '../../ui/page';
import { SearchField } from '../../ui/search-field';
import { ToneBadge } from '../../ui/tone-badge';
import { useUrlFilters } from '../../ui/use-url-filters';
import { PAGE_SIZE, useConsents, type Consent } from './queries';

/** The proof of consents to messages: the school bears the burden of it (126-ФЗ art. 44.1). */
export function Component() {
  const { t } = useTranslation(['deliveries', 'common']);
  const formats = useFormats();
  const { workspace } = useWorking();
  const { params, set, page, setPage } = useUrlFilters();
  const q = params.get('q') ?? '';
  const schoolId = workspace.school?.schoolId;
  const consents = useConsents({ ...(schoolId && { schoolId }), ...(q && { q }), page });
  const [shown, setShown] = useState<Consent | null>(null);
  const columns: Column<Consent>[] = [
    { key: 'who', header: t('consents.who'), card: 'title', width: 260, cell: (row) => row.guardianName },
    {
      key: 'address',
      header: t('consents.address'),
      cell: (row) => (
        <span style={{ overflowWrap: 'anywhere' }}>{`${t(`channel.${row.channel}`)}, ${row.address}`}</span>
      ),
    },
    {
      key: 'event',
      header: t('consents.event'),
      width: 170,
      cell: (row) => (
        <ToneBadge
          tone={row.event === 'given' ? 'good' : 'quiet'}
          icon={row.event === 'given' ? <IconCheck size={12} aria-hidden /> : <IconX size={12} aria-hidden />}
        >
          {t(`consents.${row.event}`)}
        </ToneBadge>
      ),
    },
    { key: 'how', header: t('consents.how'), width: 200, cell: (row) => t(`consents.by.${row.how}`) },
    { key: 'at', header: t('consents.at'), width: 150, cell: (row) => formats.moment(row.at) },
    {
      key: 'text',
      header: '',
      width: 120,
      align: 'right',
      cell: (row) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('consents.showNamed', { name: row.guardianName })}
          onClick={() => setShown(row)}
        >
          {t('consents.show')}
        </Button>
      ),
    },
  ];
  return (
    <Page
      title={t('consents.title')}
      note={t('consents.note')}
      before={<BackLink to="/deliveries" text={t('title')} />}
    >
      <div role="search" style={{ maxWidth: 360 }}>
        <SearchField
          label={t('search')}
          placeholder={t('consents.searchPlaceholder')}
          value={q}
          onSearch={(wanted) => set({ q: wanted })}
        />
      </div>
      <ListView
        query={consents}
        count={consents.data && t('consents.count', { count: consents.data.total })}
        label={t('consents.title')}
        columns={columns}
        rows={consents.data?.consents}
        rowKey={(row) => row.consentId}
        minWidth={1080}
        empty={{
          Icon: IconSignature,
          title: t('consents.emptyTitle'),
          hint: q ? t('emptyNarrowed') : t('consents.emptyHint'),
        }}
        paging={{ page, pageSize: PAGE_SIZE, total: consents.data?.total, onPage: setPage }}
      />

      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        title={t('consents.textTitle', { version: shown?.textVersion })}
        closeButtonProps={{ 'aria-label': t('common:close') }}
        size="lg"
      >
        {shown && (
          <Stack gap="sm">
            <Text size="sm" style={{ whiteSpace: 'pre-line' }} lang="ru">
              {shown.text}
            </Text>
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {t('consents.evidence', {
                account: shown.accountId ?? '—',
                address: shown.ipAddress ?? '—',
                device: shown.userAgent ?? '—',
              })}
            </Text>
          </Stack>
        )}
      </Modal>
    </Page>
  );
}
