import { isFound } from '@parta/domain-marks/names';
import { Group, Paper, Select, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { IconCircleCheck, IconCalendarOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { EmptyState } from '../../ui/empty-state';
import { ErrorAlert } from '../../ui/error-alert';
import { ResultCount } from '../../ui/result-count';
import { SearchField } from '../../ui/search-field';
import { useUrlFilters } from '../../ui/use-url-filters';
import { isDate, useToday } from '../journal/dates';
import { DayPicker } from '../journal/day-picker';
import { ComingSection } from './coming-section';
import { MissingTeacher } from './missing-teacher';
import classes from './oversight.module.css';
import { useLiveMissing, useMissing } from './queries';

type Missing = Schemas['MissingLesson'];
const WHAT = ['topic', 'homework', 'entries'] as const;
const LACKS = { topic: 'lacksTopic', homework: 'lacksHomework', entries: 'lacksEntries' } as const;

/** Lessons of a day in which something is not written yet, by teacher. */
export function MissingSection() {
  const { t } = useTranslation('oversight');
  const { params, set, oneOf } = useUrlFilters();
  const formats = useFormats();
  const today = useToday();
  const asked = params.get('day');
  const date = isDate(asked) ? asked : today;
  const view = useMissing(date);
  useLiveMissing();
  const what = oneOf('what', WHAT);
  const onlyOverdue = params.get('overdue') === '1';
  const q = params.get('q') ?? '';
  const all = view.data?.lessons ?? [];
  const isWanted = (lesson: Missing) => isFound(q, lesson.teacher, lesson.groupTitle);
  const found = all.filter(
    (lesson) => (!what || lesson[LACKS[what]]) && (!onlyOverdue || lesson.isOverdue) && isWanted(lesson),
  );
  const overdue = all.filter(({ isOverdue }) => isOverdue).length;
  return (
    <Stack gap="sm" component="section" aria-label={t('missing.title')}>
      <Group gap="xs">
        <DayPicker date={date} onDate={(to) => set({ day: to === today ? null : to })} />
        <Select
          aria-label={t('missing.what')}
          style={{ flex: '1 1 160px', maxWidth: 190 }}
          allowDeselect={false}
          value={what ?? 'all'}
          data={[
            { value: 'all', label: t('missing.all') },
            ...WHAT.map((value) => ({ value, label: t(`missing.${value}`) })),
          ]}
          onChange={(value) => set({ what: value === 'all' ? null : value })}
        />
        <div style={{ flex: '1 1 200px', maxWidth: 300 }}>
          <SearchField
            label={t('missing.search')}
            placeholder={t('missing.searchPlaceholder')}
            value={q}
            onSearch={(text) => set({ q: text })}
          />
        </div>
        <Switch
          label={t('missing.onlyOverdue')}
          checked={onlyOverdue}
          onChange={(event) => set({ overdue: event.currentTarget.checked ? '1' : null })}
        />
      </Group>
      <ResultCount
        text={
          view.data &&
          [
            formats.day(date),
            ...(view.data.held > 0
              ? [
                  t('missing.filled', { complete: view.data.complete, held: view.data.held }),
                  overdue > 0 ? t('missing.overdue', { count: overdue }) : t('missing.noneOverdue'),
                ]
              : []),
          ].join(' · ')
        }
      />
      <ErrorAlert error={view.isError ? view.error : null} onRetry={() => void view.refetch()} />
      {view.isPending && <MissingSkeleton />}
      {view.data && found.length === 0 && !(view.data.held === 0 && view.data.coming.length > 0) && (
        <Paper>
          <Nothing held={view.data.held} isFiltered={all.length > 0} />
        </Paper>
      )}
      {view.data && !what && !onlyOverdue && <ComingSection lessons={view.data.coming.filter(isWanted)} />}
      {byTeacher(found).map(([teacher, lessons]) => (
        <MissingTeacher key={teacher} teacher={teacher || t('missing.noTeacher')} lessons={lessons} />
      ))}
    </Stack>
  );
}

function Nothing({ held, isFiltered }: { held: number; isFiltered: boolean }) {
  const { t } = useTranslation('oversight');
  const Icon = held > 0 && !isFiltered ? IconCircleCheck : IconCalendarOff;
  const name = isFiltered ? 'nothingFound' : held > 0 ? 'fineTitle' : 'noneTitle';
  const hint = isFiltered ? 'nothingFoundHint' : held > 0 ? 'fineHint' : 'noneHint';
  return (
    <EmptyState
      icon={<Icon size={40} stroke={1.5} aria-hidden />}
      title={t(`missing.${name}`)}
      hint={t(`missing.${hint}`)}
    />
  );
}

function byTeacher(lessons: Missing[]): [string, Missing[]][] {
  const teachers = new Map<string, Missing[]>();
  for (const lesson of lessons) {
    teachers.set(lesson.teacher ?? '', [...(teachers.get(lesson.teacher ?? '') ?? []), lesson]);
  }
  return [...teachers].sort(([a], [b]) => a.localeCompare(b, 'ru'));
}

const MissingSkeleton = () => (
  <>
    {[0, 1, 2].map((teacher) => (
      <Paper key={teacher} aria-hidden>
        <Text className={classes.teacher} component="div">
          <Skeleton h={16} w={220} />
        </Text>
        {[0, 1].map((row) => (
          <div key={row} className={classes.row}>
            <Skeleton h={14} w="60%" />
          </div>
        ))}
      </Paper>
    ))}
  </>
);
