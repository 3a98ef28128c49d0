import { isFound } from '@parta/domain-marks/names';
import { Anchor, Group } from '@mantine/core';
import { IconBuildingCommunity } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import type { Column } from '../../ui/data-table';
import { ListView } from '../../ui/list-view';
import { Page } from '../../ui/page';
import { SearchField } from '../../ui/search-field';
import { ToneBadge } from '../../ui/tone-badge';
import { useUrlFilters } from '../../ui/use-url-filters';
import { useSchools } from './queries';

type School = Schemas['SchoolRow'];
const PAGE_SIZE = 50;
const SORTS = ['name', 'classes', 'students', 'staff'] as const;

export function Component() {
  const { t } = useTranslation('region');
  const formats = useFormats();
  const schools = useSchools();
  const { params, set, oneOf, page, setPage } = useUrlFilters();
  const q = params.get('q') ?? '';
  const sort = oneOf('sort', SORTS) ?? 'name';
  const found = schools.data
    ?.filter(({ name, identifier }) => isFound(q, name, identifier))
    // The largest first; by name they come sorted.
    .toSorted((a, b) => (sort === 'name' ? 0 : b[sort] - a[sort]));

  const columns: Column<School>[] = [
    {
      key: 'name',
      header: t('schools.name'),
      sort: 'name',
      card: 'title',
      cell: (row) => (
        <Group gap="xs" wrap="nowrap">
          <Anchor
            component={Link}
            to={`/people?school=${row.schoolId}`}
            size="sm"
            aria-label={t('schools.peopleNamed', { name: row.name })}
          >
            {row.name}
          </Anchor>
          {!row.isActive && <ToneBadge tone="quiet">{t('schools.inactive')}</ToneBadge>}
        </Group>
      ),
    },
    { key: 'kind', header: t('schools.kind'), width: 100, cell: (row) => t(`schools.kinds.${row.kind}`) },
    {
      key: 'identifier',
      header: t('schools.identifier'),
      width: 150,
      cell: (row) => row.identifier,
      isEmpty: (row) => !row.identifier,
    },
    ...(['classes', 'students', 'staff'] as const).map((name): Column<School> => ({
      key: name,
      header: t(`schools.${name}`),
      width: 120,
      align: 'right',
      sort: name,
      cell: (row) => formats.number(row[name]),
    })),
    { key: 'timeZone', header: t('schools.timeZone'), width: 120, cell: (row) => formats.zone(row.timeZone) },
  ];

  return (
    <Page title={t('schools.title')}>
      <div style={{ maxWidth: 420 }}>
        <SearchField
          label={t('schools.search')}
          placeholder={t('schools.searchPlaceholder')}
          value={q}
          onSearch={(text) => set({ q: text })}
        />
      </div>
      <ListView
        query={schools}
        count={found && t('schools.count', { count: found.length })}
        label={t('schools.title')}
        columns={columns}
        rows={found?.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)}
        rowKey={(row) => row.schoolId}
        skeletonRows={12}
        sort={sort}
        onSort={(value) => set({ sort: value === 'name' ? null : value })}
        minWidth={1020}
        empty={{
          Icon: IconBuildingCommunity,
          title: q ? t('schools.nothingFound') : t('schools.emptyTitle'),
          hint: q ? t('schools.nothingFoundHint') : t('schools.emptyHint'),
        }}
        paging={{ page, pageSize: PAGE_SIZE, total: found?.length, onPage: setPage }}
      />
    </Page>
  );
}
