import { Paper, Skeleton, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './data-table.module.css';
import { usePhone } from './use-phone';

export interface Column<Row> {
  key: string;
  header: string;
  cell(row: Row): ReactNode;
  /** the column without one takes the rest */
  width?: number;
  align?: 'right';
  /** one line, cut with an ellipsis; the whole text in the tooltip */
  clip?(row: Row): string;
  sort?: string;
  /** on a phone: the heading of the card, its corner, a line (the default), or nothing */
  card?: 'title' | 'corner' | 'hidden';
  /** on a phone the line is left out when there is nothing to say */
  isEmpty?(row: Row): boolean;
}

export interface DataTableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[] | undefined;
  rowKey(row: Row): string;
  isLoading?: boolean;
  /** as many as are likely to come, so that nothing jumps when they do */
  skeletonRows?: number;
  empty?: ReactNode;
  sort?: string;
  onSort?(sort: string): void;
  minWidth?: number;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const isPhone = usePhone();
  const isEmpty = !props.isLoading && props.rows?.length === 0;
  return (
    <Paper style={{ overflow: 'hidden' }} aria-busy={props.isLoading}>
      {isEmpty ? props.empty : isPhone ? <Cards {...props} /> : <Rows {...props} />}
    </Paper>
  );
}

function Rows<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, isLoading, skeletonRows = 8, label } = props;
  return (
    // Focusable, so that a keyboard can scroll a table that is wider than the window.
    <div className={classes.scroller} tabIndex={0} role="region" aria-label={label}>
      <Table className={classes.table} layout="fixed" miw={props.minWidth} tabularNums>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Header key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {isLoading
            ? Array.from({ length: skeletonRows }, (_, row) => (
                <Table.Tr key={row}>
                  {columns.map((column, at) => (
                    <Table.Td key={column.key}>
                      {column.header && <Skeleton h={12} w={`${45 + ((row * 3 + at * 5) % 5) * 10}%`} />}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))
            : rows?.map((row) => (
                <Table.Tr key={rowKey(row)}>
                  {columns.map((column) => (
                    <Table.Td
                      key={column.key}
                      ta={column.align}
                      className={column.clip && classes.clip}
                      title={column.clip?.(row)}
                    >
                      {column.cell(row)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Header<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>;
  sort?: string;
  onSort?(sort: string): void;
}) {
  const { t } = useTranslation();
  const isSorted = column.sort !== undefined && column.sort === sort;
  const Icon = isSorted ? IconArrowDown : IconArrowsSort;
  // A column of buttons has no heading to see, but an empty th has nothing to say either.
  if (!column.header) return <Table.Td w={column.width} />;
  return (
    <Table.Th w={column.width} ta={column.align} aria-sort={isSorted ? 'ascending' : undefined} scope="col">
      {column.sort && onSort ? (
        <UnstyledButton
          className={classes.sort}
          data-active={isSorted || undefined}
          aria-label={t('sortBy', { column: column.header })}
          onClick={() => onSort(column.sort!)}
        >
          {column.header}
          <Icon size={14} aria-hidden />
        </UnstyledButton>
      ) : (
        column.header
      )}
    </Table.Th>
  );
}

function Cards<Row>({ columns, rows, rowKey, isLoading, label }: DataTableProps<Row>) {
  const title = columns.find((column) => column.card === 'title') ?? columns[0]!;
  const corner = columns.find((column) => column.card === 'corner');
  const lines = columns.filter((column) => column !== title && column !== corner && column.card !== 'hidden');
  if (isLoading) {
    return (
      <ul className={classes.cards} aria-label={label}>
        {Array.from({ length: 6 }, (_, at) => (
          <li key={at} className={classes.card}>
            <Skeleton h={16} w="70%" my={4} />
            <Skeleton h={12} w="45%" mt={10} />
            <Skeleton h={12} w="60%" mt={10} mb={4} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul className={classes.cards} aria-label={label}>
      {rows?.map((row) => (
        <li key={rowKey(row)} className={classes.card}>
          <div className={classes.cardHead}>
            <div className={classes.cardTitle}>{title.cell(row)}</div>
            {corner?.cell(row)}
          </div>
          <dl className={classes.lines}>
            {lines
              .filter((column) => !column.isEmpty?.(row))
              .map((column) => (
                <div key={column.key} style={{ display: 'contents' }}>
                  <dt>{column.header}</dt>
                  <dd>{column.cell(row)}</dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
