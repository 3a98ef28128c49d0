import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session/workspace';
import { SearchField } from '../../ui/search-field';
import { useClasses } from '../classes/queries';
import type { PeopleFilterState } from './use-people-filter';

export function PeopleFilters({ filter }: { filter: PeopleFilterState }) {
  const { t } = useTranslation(['people', 'common']);
  const seesClasses = useMay('listClasses');
  const classes = useClasses(seesClasses);
  const { query, set, isRegion, schools } = filter;
  return (
    <Group gap="sm" role="search" align="flex-end">
      {isRegion && (
        <Select
          aria-label={t('filterSchool')}
          placeholder={t('chooseSchool')}
          searchable
          data={(schools.data ?? []).map(({ schoolId, name }) => ({ value: schoolId, label: name }))}
          value={query.schoolId ?? null}
          onChange={(school) => set({ school })}
          limit={100}
          style={{ flex: '1 1 100%', maxWidth: 560 }}
        />
      )}
      <div style={{ flex: '1 1 16rem', maxWidth: 360 }}>
        <SearchField
          label={t('search')}
          placeholder={t('searchPlaceholder')}
          value={filter.q}
          onSearch={(q) => set({ q })}
        />
      </div>
      <SegmentedControl
        aria-label={t('filterKind')}
        value={query.kind ?? ''}
        onChange={(kind) => set({ kind })}
        data={[
          { value: '', label: t('common:all') },
          { value: 'staff', label: t('kinds.staff') },
          { value: 'student', label: t('kinds.student') },
          { value: 'guardian', label: t('kinds.guardian') },
        ]}
      />
      {seesClasses && (
        <Select
          aria-label={t('filterClass')}
          placeholder={t('anyClass')}
          searchable
          clearable
          style={{ flex: '1 1 9rem', maxWidth: 180 }}
          data={(classes.data ?? []).map(({ classId, title }) => ({ value: classId, label: title }))}
          value={query.classId ?? null}
          onChange={(value) => set({ class: value })}
        />
      )}
      <Select
        aria-label={t('filterAccount')}
        placeholder={t('anyAccount')}
        clearable
        style={{ flex: '1 1 14rem', maxWidth: 240 }}
        data={(['none', 'invited', 'active', 'blocked'] as const).map((value) => ({
          value,
          label: t(`common:accountState.${value}`),
        }))}
        value={query.account ?? null}
        onChange={(account) => set({ account })}
      />
      {filter.isNarrowed && (
        <Button variant="subtle" onClick={filter.reset}>
          {t('common:resetFilters')}
        </Button>
      )}
    </Group>
  );
}
