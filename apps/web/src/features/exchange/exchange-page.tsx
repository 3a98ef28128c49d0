import { SegmentedControl } from '@mantine/core';
import { IconTransfer } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ListView } from '../../ui/list-view';
import { Page } from '../../ui/page';
import { useUrlFilters } from '../../ui/use-url-filters';
import { PAGE_SIZE, ROSTER_STATES, useRosterJobs } from './queries';
import { UploadPanel } from './upload-panel';
import { useJobColumns } from './use-job-columns';

export function Component() {
  const { t } = useTranslation('exchange');
  const { oneOf, set, page, setPage } = useUrlFilters();
  const state = oneOf('state', ROSTER_STATES);
  const jobs = useRosterJobs({ ...(state && { state }), page, pageSize: PAGE_SIZE });
  const columns = useJobColumns();

  return (
    <Page title={t('title')} note={t('note')}>
      <UploadPanel />
      <div style={{ overflowX: 'auto' }}>
        <SegmentedControl
          aria-label={t('filterState')}
          value={state ?? ''}
          onChange={(value) => set({ state: value })}
          data={[
            { value: '', label: t('allStates') },
            ...ROSTER_STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          ]}
        />
      </div>
      <ListView
        query={jobs}
        count={jobs.data && t('count', { count: jobs.data.total })}
        label={t('title')}
        columns={columns}
        rows={jobs.data?.jobs}
        rowKey={(row) => row.id}
        skeletonRows={10}
        minWidth={1120}
        empty={{
          Icon: IconTransfer,
          title: state ? t('emptyState') : t('emptyTitle'),
          hint: !state && t('emptyHint'),
        }}
        paging={{ page, pageSize: PAGE_SIZE, total: jobs.data?.total, onPage: setPage }}
      />
    </Page>
  );
}
