import { Switch, Text } from '@mantine/core';
import { IconReport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats';
import { useMay } from '../../session/workspace';
import type { Column } from '../../ui/data-table';
import { ErrorAlert } from '../../ui/error-alert';
import { ListView } from '../../ui/list-view';
import { useUrlFilters } from '../../ui/use-url-filters';
import {
  PAGE_SIZE,
  useCancelReport,
  useDeleteReport,
  useDownloadReport,
  useReports,
  type Report,
} from './queries';
import { ReportActions } from './report-actions';
import { ReportState } from './report-state';

/** Reports that were ordered, the newest first, with their progress. */
export function ReportList() {
  const { t } = useTranslation('reports');
  const formats = useFormats();
  const seesAll = useMay('seeWholeSchool');
  const { params, set, page, setPage } = useUrlFilters();
  const mine = params.get('mine') === '1';
  const reports = useReports({ mine, page });
  const cancel = useCancelReport();
  const remove = useDeleteReport();
  const download = useDownloadReport();

  const columns: Column<Report>[] = [
    {
      key: 'title',
      header: t('columns.title'),
      card: 'title',
      cell: (report) => (
        <>
          <Text size="sm" fw={500} lh={1.3}>
            {report.title}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`kind.${report.kind}`)}
          </Text>
        </>
      ),
    },
    {
      key: 'period',
      header: t('columns.period'),
      width: 136,
      cell: ({ periodTitle, from, to }) => periodTitle ?? `${formats.date(from)} – ${formats.date(to)}`,
    },
    {
      key: 'state',
      header: t('columns.state'),
      width: 206,
      cell: (report) => <ReportState report={report} />,
    },
    {
      key: 'orderedAt',
      header: t('columns.orderedAt'),
      width: 136,
      cell: (report) => formats.stamp(report.orderedAt),
    },
    ...(seesAll
      ? [
          {
            key: 'orderedBy',
            header: t('columns.orderedBy'),
            width: 176,
            clip: (report: Report) => report.orderedBy,
            cell: (report: Report) => report.orderedBy,
          },
        ]
      : []),
    {
      key: 'file',
      header: t('columns.file'),
      width: 124,
      isEmpty: (report) => report.state !== 'done',
      cell: ({ state, size, expiresAt }) =>
        state === 'done' &&
        size !== null &&
        expiresAt !== null && (
          <>
            {formats.bytes(size)}
            <Text size="xs" c="dimmed">
              {t('keptUntil', { date: formats.stamp(expiresAt) })}
            </Text>
          </>
        ),
    },
    {
      key: 'actions',
      header: '',
      width: 168,
      align: 'right',
      card: 'corner',
      cell: (report) => (
        <ReportActions
          report={report}
          isDownloading={download.isPending && download.variables.id === report.id}
          onDownload={() => download.mutate(report)}
          onCancel={() => cancel.start(report.id)}
          onDelete={() => remove.start(report.id)}
        />
      ),
    },
  ];

  return (
    <ListView
      query={reports}
      count={reports.data && t('count', { count: reports.data.total })}
      aside={
        seesAll && (
          <Switch
            label={t('onlyMine')}
            checked={mine}
            onChange={(event) => set({ mine: event.currentTarget.checked ? '1' : null })}
          />
        )
      }
      label={t('listLabel')}
      columns={columns}
      rows={reports.data?.reports}
      rowKey={(report) => report.id}
      skeletonRows={4}
      minWidth={seesAll ? 1130 : 950}
      empty={{ Icon: IconReport, title: t('emptyTitle'), hint: t('emptyHint') }}
      paging={{ page, pageSize: PAGE_SIZE, total: reports.data?.total, onPage: setPage }}
    >
      <ErrorAlert error={download.error ?? cancel.error ?? remove.error} />
    </ListView>
  );
}
