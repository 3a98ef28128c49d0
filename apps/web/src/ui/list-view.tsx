import { Button, Group } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type DataTableProps } from './data-table';
import { EmptyState } from './empty-state';
import { ErrorAlert } from './error-alert';
import { Paging } from './paging';
import { ResultCount } from './result-count';

interface ListViewProps<Row> extends Omit<DataTableProps<Row>, 'isLoading' | 'empty'> {
  query: { isPending: boolean; isError: boolean; error: Error | null; refetch(): unknown };
  /** how many there are, in words */
  count: string | undefined;
  /** stands beside the count */
  aside?: ReactNode;
  empty: {
    Icon?: Icon;
    title: string;
    /** what to do about it */
    hint?: string | false;
    /** takes the filters off; only where they are the reason that nothing was found */
    onReset?: false | (() => void);
  };
  paging?: { page: number; pageSize: number; total: number | undefined; onPage(page: number): void };
  /** between the count and the rows */
  children?: ReactNode;
}

/** A list as every page shows one: the count, the rows or why there are none, the pages. */
export function ListView<Row>(props: ListViewProps<Row>) {
  const { query, count, aside, empty, paging, children, ...table } = props;
  const { t } = useTranslation();
  return (
    <>
      {aside ? (
        <Group justify="space-between" gap="xs">
          <ResultCount text={count} />
          {aside}
        </Group>
      ) : (
        <ResultCount text={count} />
      )}
      {children}
      {query.isError && <ErrorAlert error={query.error} onRetry={() => void query.refetch()} />}
      {/* Rows that are known stay on the screen when they could not be asked for again. */}
      {(table.rows || !query.isError) && (
        <DataTable
          {...table}
          isLoading={query.isPending}
          empty={
            <EmptyState
              icon={empty.Icon && <empty.Icon size={40} stroke={1.5} aria-hidden />}
              title={empty.title}
              hint={empty.hint}
              action={
                empty.onReset && (
                  <Button variant="default" mt="sm" onClick={empty.onReset}>
                    {t('resetFilters')}
                  </Button>
                )
              }
            />
          }
        />
      )}
      {paging && <Paging {...paging} total={paging.total ?? 0} />}
    </>
  );
}
