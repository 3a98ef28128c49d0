import { Paper, SegmentedControl, Skeleton } from '@mantine/core';
import { IconListNumbers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams, useSearchParams } from 'react-router';
import { useFormats } from '../../i18n/use-formats';
import { EmptyState } from '../../ui/empty-state';
import { ErrorAlert } from '../../ui/error-alert';
import { usePhone } from '../../ui/use-phone';
import { sortSubjects, type SubjectSort } from './averages';
import { useZone } from './children';
import { DiaryFrame } from './diary-frame';
import { PeriodSwitch } from './period-switch';
import { useSubjectMarks, useWeek } from './queries';
import { SubjectCards } from './subject-cards';
import { SubjectTable } from './subject-table';
import classes from './subjects.module.css';
import { mondayOf, todayIn } from './week';

export function Component() {
  const { studentId = '' } = useParams();
  return <Marks key={studentId} studentId={studentId} />;
}

function Marks({ studentId }: { studentId: string }) {
  const { t } = useTranslation('diary');
  const formats = useFormats();
  const [params, setParams] = useSearchParams();
  const { state } = useLocation();
  const isPhone = usePhone();
  const view = useSubjectMarks(studentId, params.get('period'));
  const sort: SubjectSort = params.get('sort') === 'average' ? 'average' : 'name';
  const subjects = view.data && sortSubjects(view.data.subjects, sort, formats.compare);

  const set = (name: string, value: string | null) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true, preventScrollReset: true, state },
    );
  const open = params.get('subject');
  const toggle = (title: string) => set('subject', title === open ? null : title);
  const List = isPhone ? SubjectCards : SubjectTable;

  return (
    <DiaryFrame studentId={studentId} view="marks" pupil={useStaffPupil(studentId)}>
      <PeriodSwitch
        periods={view.data?.periods}
        current={view.data?.periodId ?? params.get('period')}
        isPending={view.isPending}
        onChoose={(periodId) => set('period', periodId)}
      />
      <SegmentedControl
        className={classes.sort}
        aria-label={t('period.sort')}
        value={sort}
        onChange={(value) => set('sort', value === 'average' ? value : null)}
        data={[
          { value: 'name', label: t('period.byName') },
          { value: 'average', label: t('period.byAverage') },
        ]}
      />
      {view.isPending && <MarksSkeleton />}
      {view.isError && !view.data && (
        <ErrorAlert title={t('period.failed')} error={view.error} onRetry={() => void view.refetch()} />
      )}
      {subjects?.length === 0 && (
        <Paper>
          <EmptyState
            icon={<IconListNumbers size={40} stroke={1.5} aria-hidden />}
            title={t(view.data!.periodId ? 'period.emptyTitle' : 'period.noneTitle')}
            hint={t(view.data!.periodId ? 'period.emptyHint' : 'period.noneHint')}
          />
        </Paper>
      )}
      {subjects && subjects.length > 0 && (
        <List subjects={subjects} sort={sort} open={open} onToggle={toggle} />
      )}
    </DiaryFrame>
  );
}

/** Marks do not say whose they are; the week, which the diary has asked for already, does. */
function useStaffPupil(studentId: string) {
  const today = todayIn(useZone(studentId));
  return useWeek(studentId, mondayOf(today)).data;
}

function MarksSkeleton() {
  return (
    <Paper className={classes.list} aria-busy>
      {Array.from({ length: 12 }, (_, row) => (
        <div key={row} className={classes.skeleton}>
          <Skeleton h={16} w={`${35 + ((row * 17) % 30)}%`} mb={12} />
          <Skeleton h={14} w="55%" />
        </div>
      ))}
    </Paper>
  );
}
