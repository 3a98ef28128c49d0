import { Button, Select, Skeleton, Stack } from '@mantine/core';
import { IconCalendarOff, IconListNumbers, IconPrinter, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useWorking } from '../../session/workspace';
import { BackLink } from '../../ui/back-link';
import { EmptyState } from '../../ui/empty-state';
import { ErrorAlert } from '../../ui/error-alert';
import { Page } from '../../ui/page';
import { usePhone } from '../../ui/use-phone';
import { useUrlFilters } from '../../ui/use-url-filters';
import { useToday } from './dates';
import { useSeed } from './entries/use-entries';
import { JournalSheet } from './grid/journal-sheet';
import { LessonList } from './lesson-list';
import { useLiveJournal } from './live-journal';
import { currentPeriod, periodChoices, periodsByYear } from './periods';
import { useJournalPage, useJournals, useSchoolYears } from './queries';

export function Component() {
  const { t } = useTranslation('journal');
  const { groupId = '' } = useParams();
  const { workspace } = useWorking();
  const { params, set } = useUrlFilters();
  const isPhone = usePhone();
  const today = useToday();
  const years = useSchoolYears();
  const journals = useJournals();
  const known = journals.data?.find((row) => row.groupId === groupId);
  const schoolId = known?.schoolId ?? workspace.school?.schoolId;
  const isReady = years.data !== undefined && (known !== undefined || !journals.isPending);
  const byYear = isReady ? periodsByYear(years.data, schoolId, known?.classTitle ?? '1') : [];
  const periods = byYear.flatMap((year) => year.periods);
  const usual = known?.isPast && byYear.length > 1 ? byYear[1]! : byYear[0];
  const period =
    periods.find(({ periodId }) => periodId === params.get('period')) ??
    currentPeriod(usual?.periods ?? [], today);
  const page = useJournalPage(groupId, period);
  useLiveJournal(groupId);
  const isSeeded = useSeed(page.data?.cells, page.data?.groupId ?? '');
  const view = isSeeded && page.data?.groupId === groupId ? page.data : undefined;
  const title = view?.title ?? known?.title ?? t('page.title');
  const error = years.error ?? (page.isError ? page.error : null);
  const hasNoPeriods = isReady && periods.length === 0;

  return (
    <Page
      before={<BackLink to="/journal" text={t('page.back')} />}
      title={title}
      note={view?.teacher ?? known?.teacher ?? ' '}
      actions={
        <>
          <Button
            component={Link}
            to={`/journal/${groupId}/plan`}
            variant="default"
            leftSection={<IconListNumbers size={16} aria-hidden />}
          >
            {t('plan.open')}
          </Button>
          {period && (
            <Button
              component={Link}
              to={`/reports?group=${groupId}&period=${period.periodId}`}
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden />}
            >
              {t('page.print')}
            </Button>
          )}
          <Select
            aria-label={t('page.period')}
            w={170}
            allowDeselect={false}
            disabled={periods.length === 0}
            value={period?.periodId ?? null}
            data={periodChoices(byYear)}
            onChange={(periodId) => set({ period: periodId })}
          />
        </>
      }
    >
      <ErrorAlert error={error} onRetry={() => void (years.isError ? years.refetch() : page.refetch())} />
      {hasNoPeriods && (
        <EmptyState
          icon={<IconCalendarOff size={40} stroke={1.5} aria-hidden />}
          title={t('page.noPeriods')}
          hint={t('page.noPeriodsHint')}
        />
      )}
      {!error && !hasNoPeriods && !view && <SheetSkeleton />}
      {view?.lessons.length === 0 && (
        <EmptyState
          icon={<IconCalendarOff size={40} stroke={1.5} aria-hidden />}
          title={t('page.emptyTitle')}
          hint={t('page.emptyHint')}
        />
      )}
      {view && view.lessons.length > 0 && isPhone && <LessonList lessons={view.lessons} />}
      {view && view.lessons.length > 0 && !isPhone && view.students.length === 0 && (
        <EmptyState icon={<IconUsers size={40} stroke={1.5} aria-hidden />} title={t('page.noStudents')} />
      )}
      {view && view.lessons.length > 0 && !isPhone && view.students.length > 0 && (
        <JournalSheet key={`${groupId} ${view.lessons[0]!.lessonId}`} page={view} />
      )}
    </Page>
  );
}

const SheetSkeleton = () => (
  <Stack gap="md" aria-hidden>
    <Skeleton h={44} />
    <Skeleton h={520} radius="md" />
  </Stack>
);
