import { isFound } from '@parta/domain-marks/names';
import { Group, Paper, SegmentedControl, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconBook2 } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { EmptyState } from '../../ui/empty-state';
import { ErrorAlert } from '../../ui/error-alert';
import { Page } from '../../ui/page';
import { ResultCount } from '../../ui/result-count';
import { SearchField } from '../../ui/search-field';
import { useUrlFilters } from '../../ui/use-url-filters';
import classes from './journals.module.css';
import { useJournals, useSchoolYears } from './queries';

type Journal = Schemas['JournalRow'];
const COLUMNS = { base: 1, xs: 2, md: 3, lg: 4 };
const GROUPS = ['class', 'subject', 'teacher'] as const;
const LABELS = { class: 'list.byClass', subject: 'list.bySubject', teacher: 'list.byTeacher' } as const;

/** Whoever sees the list opens one: what a journal needs is there by then. */
function useJournalAhead() {
  useSchoolYears();
  useEffect(() => void import('./journal-page'), []);
}

export function Component() {
  const { t } = useTranslation('journal');
  const { params, set, oneOf } = useUrlFilters();
  const formats = useFormats();
  const journals = useJournals();
  useJournalAhead();
  const q = params.get('q') ?? '';
  const hasMine = journals.data?.some(({ isMine }) => isMine) ?? false;
  const hasOthers = journals.data?.some(({ isMine }) => !isMine) ?? false;
  const whose = hasMine && hasOthers ? (oneOf('whose', ['mine', 'all'] as const) ?? 'mine') : 'all';

  const asked = journals.data?.filter((one) => whose === 'all' || one.isMine);
  const found = asked
    ?.filter((one) => isFound(q, one.title, one.subjectTitle, one.classTitle, one.teacher))
    .toSorted((a, b) => formats.compare(a.title, b.title));
  // A teacher of one subject would get a heading over each single journal.
  const usual = new Set(asked?.map(({ subjectTitle }) => subjectTitle)).size === 1 ? 'subject' : 'class';
  const group = oneOf('group', GROUPS) ?? usual;
  const headOf = (one: Journal) => (one.isPast ? t('list.past') : ofGroup(one));
  const ofGroup = (one: Journal) =>
    group === 'class'
      ? (one.classTitle ?? t('list.noClass'))
      : group === 'subject'
        ? one.subjectTitle
        : (one.teacher ?? t('list.noTeacher'));

  return (
    <Page title={t('list.title')}>
      <Group gap="sm">
        <div style={{ flex: '1 1 240px', maxWidth: 360 }}>
          <SearchField
            label={t('list.search')}
            placeholder={t('list.searchPlaceholder')}
            value={q}
            onSearch={(text) => set({ q: text })}
          />
        </div>
        <SegmentedControl
          aria-label={t('list.group')}
          value={group}
          onChange={(to) => set({ group: to === usual ? null : to })}
          data={GROUPS.map((value) => ({ value, label: t(LABELS[value]) }))}
        />
        {hasMine && hasOthers && (
          <SegmentedControl
            aria-label={t('list.whose')}
            value={whose}
            onChange={(to) => set({ whose: to === 'mine' ? null : to })}
            data={[
              { value: 'mine', label: t('list.mine') },
              { value: 'all', label: t('list.all') },
            ]}
          />
        )}
      </Group>
      <ResultCount text={found && t('list.count', { count: found.length })} />
      {journals.isError && <ErrorAlert error={journals.error} onRetry={() => void journals.refetch()} />}
      {journals.isPending && <ListSkeleton />}
      {found?.length === 0 && (
        <EmptyState
          icon={<IconBook2 size={40} stroke={1.5} aria-hidden />}
          title={t(q ? 'list.nothingFound' : 'list.emptyTitle')}
          hint={t(q ? 'list.nothingFoundHint' : 'list.emptyHint')}
        />
      )}
      {found &&
        pastLast(grouped(found, headOf, formats.compare)).map(([head, rows]) => (
          <Stack key={head} gap="xs" component="section" aria-label={head}>
            <Title order={2}>{head}</Title>
            <SimpleGrid cols={COLUMNS} spacing="sm">
              {rows.map((row) => (
                <Paper
                  key={row.groupId}
                  component={Link}
                  to={`/journal/${row.groupId}`}
                  className={classes.tile}
                >
                  <Text fw={600} truncate title={row.title}>
                    {row.title}
                  </Text>
                  <Text size="sm" c="dimmed" truncate title={row.teacher ?? undefined}>
                    {row.teacher ?? t('list.noTeacher')}
                  </Text>
                </Paper>
              ))}
            </SimpleGrid>
          </Stack>
        ))}
    </Page>
  );
}

function grouped(
  rows: Journal[],
  headOf: (row: Journal) => string,
  compare: (a: string, b: string) => number,
): [string, Journal[]][] {
  const groups = new Map<string, Journal[]>();
  for (const row of rows) groups.set(headOf(row), [...(groups.get(headOf(row)) ?? []), row]);
  return [...groups].sort(([a], [b]) => compare(a, b));
}

/** Journals of years that are over stand below those of the running one. */
const pastLast = (groups: [string, Journal[]][]): [string, Journal[]][] =>
  groups.toSorted(([, [a]], [, [b]]) => Number(a!.isPast) - Number(b!.isPast));

const ListSkeleton = () => (
  <>
    {[0, 1, 2].map((group) => (
      <Stack key={group} gap="xs" aria-hidden>
        <Skeleton h={24} w={120} />
        <SimpleGrid cols={COLUMNS} spacing="sm">
          {[0, 1, 2, 3].map((at) => (
            <Skeleton key={at} h={68} radius="md" />
          ))}
        </SimpleGrid>
      </Stack>
    ))}
  </>
);
