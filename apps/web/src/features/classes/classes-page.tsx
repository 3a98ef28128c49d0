import { isFound } from '@parta/domain-marks/names';
import { SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/types';
import { ownClasses } from '../../session/roles';
import { useWorking } from '../../session/workspace';
import { EmptyState } from '../../ui/empty-state';
import { ErrorAlert } from '../../ui/error-alert';
import { Page } from '../../ui/page';
import { ResultCount } from '../../ui/result-count';
import { SearchField } from '../../ui/search-field';
import { useUrlFilters } from '../../ui/use-url-filters';
import { ClassTile } from './class-tile';
import { useClasses } from './queries';

type ClassRow = Schemas['ClassRow'];
const COLUMNS = { base: 1, xs: 2, md: 3, lg: 4 };

export function Component() {
  const { t } = useTranslation(['classes', 'common']);
  const { workspace } = useWorking();
  const { params, set } = useUrlFilters();
  const classes = useClasses();
  const q = params.get('q') ?? '';
  const own = new Set(ownClasses(workspace).map(({ classId }) => classId));

  const found = classes.data?.filter(({ title, homeroomTeachers }) => isFound(q, title, ...homeroomTeachers));
  const nameOf = (grade: number | null) =>
    grade === null ? t('groups') : grade === 0 ? t('preschool') : t('parallel', { grade });

  return (
    <Page title={t('title')}>
      <div style={{ maxWidth: 360 }}>
        <SearchField
          label={t('search')}
          placeholder={t('searchPlaceholder')}
          value={q}
          onSearch={(text) => set({ q: text })}
        />
      </div>
      <ResultCount text={found && t('count', { count: found.length })} />
      {classes.isError && <ErrorAlert error={classes.error} onRetry={() => void classes.refetch()} />}
      {classes.isPending && <ClassSkeleton />}
      {found?.length === 0 && (
        <EmptyState
          icon={<IconSchool size={40} stroke={1.5} aria-hidden />}
          title={q ? t('nothingFound') : t('emptyTitle')}
          hint={q ? t('nothingFoundHint') : t('emptyHint')}
        />
      )}
      {found &&
        byParallel(found).map(([grade, rows]) => (
          <Stack key={grade ?? 'groups'} gap="xs" component="section" aria-label={nameOf(grade)}>
            <Title order={2}>
              {nameOf(grade)}{' '}
              <Text span c="dimmed" size="sm" fw={400}>
                {t('common:students', { count: rows.reduce((sum, row) => sum + row.students, 0) })}
              </Text>
            </Title>
            <SimpleGrid cols={COLUMNS} spacing="sm">
              {rows.map((row) => (
                <ClassTile key={row.classId} row={row} isOwn={own.has(row.classId)} />
              ))}
            </SimpleGrid>
          </Stack>
        ))}
    </Page>
  );
}

function byParallel(rows: ClassRow[]): [number | null, ClassRow[]][] {
  const parallels = new Map<number | null, ClassRow[]>();
  for (const row of rows) parallels.set(row.gradeLevel, [...(parallels.get(row.gradeLevel) ?? []), row]);
  return [...parallels];
}

function ClassSkeleton() {
  return (
    <>
      {[0, 1, 2].map((parallel) => (
        <Stack key={parallel} gap="xs" aria-hidden>
          <Skeleton h={24} w={220} />
          <SimpleGrid cols={COLUMNS} spacing="sm">
            {[0, 1, 2, 3].map((at) => (
              <Skeleton key={at} h={76} radius="md" />
            ))}
          </SimpleGrid>
        </Stack>
      ))}
    </>
  );
}
