import { Button, Code, Group, Select, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { DataTable, type Column } from '../../ui/data-table';
import { Paging } from '../../ui/paging';
import { ResultCount } from '../../ui/result-count';
import { useUrlFilters } from '../../ui/use-url-filters';
import { errorsCsv, saveFile } from './error-csv';

type RosterError = Schemas['RosterError'];
const PAGE_SIZE = 50;

export function JobErrors({ job }: { job: Schemas['RosterJobView'] }) {
  const { t } = useTranslation('exchange');
  const formats = useFormats();
  const { params, set } = useUrlFilters();
  const [page, setPage] = useState(1);
  const files = [...new Set(job.errors.map(({ file }) => file))];
  const file = files.find((name) => name === params.get('file')) ?? null;
  const found = file === null ? job.errors : job.errors.filter((error) => error.file === file);
  const rows = found
    .slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    .map((error, at) => ({ ...error, key: `${page}.${at}` }));

  if (job.errorCount === 0) {
    return (
      <Group gap="xs" c="var(--parta-good-fg)">
        <IconCircleCheck size={20} aria-hidden />
        <Text size="sm">{t('job.noErrors')}</Text>
      </Group>
    );
  }
  const header = (['file', 'row', 'field', 'code', 'message'] as const).map((name) => t(`job.error.${name}`));
  const columns: Column<RosterError & { key: string }>[] = [
    { key: 'file', header: header[0]!, width: 150, cell: (row) => row.file },
    {
      key: 'row',
      header: header[1]!,
      width: 80,
      align: 'right',
      cell: (row) => row.row,
      isEmpty: (row) => row.row === null,
    },
    {
      key: 'field',
      header: header[2]!,
      width: 150,
      cell: (row) => row.field,
      isEmpty: (row) => row.field === null,
    },
    { key: 'code', header: header[3]!, width: 200, cell: (row) => <Code>{row.code}</Code> },
    { key: 'message', header: header[4]!, card: 'title', cell: (row) => row.message },
  ];
  const count = [
    t('job.errorsFound', { count: job.errorCount }),
    job.errors.length < job.errorCount && t('job.errorsShown', { shown: formats.number(job.errors.length) }),
  ];
  return (
    <Stack gap="xs" component="section">
      <Group justify="space-between">
        <Title order={2}>{t('job.errorsTitle')}</Title>
        <Group gap="xs">
          <Select
            aria-label={t('job.filterFile')}
            placeholder={t('job.allFiles')}
            clearable
            data={files}
            value={file}
            onChange={(value) => {
              set({ file: value });
              setPage(1);
            }}
            w={200}
          />
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => saveFile(errorsCsv(header, found), `parta-errors-${job.id}.csv`)}
          >
            {t('job.exportCsv')}
          </Button>
        </Group>
      </Group>
      <ResultCount
        text={file ? t('job.errorsFound', { count: found.length }) : count.filter(Boolean).join(', ')}
      />
      <DataTable
        label={t('job.errorsTitle')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.key}
        minWidth={860}
      />
      <Paging page={page} pageSize={PAGE_SIZE} total={found.length} onPage={setPage} />
    </Stack>
  );
}
