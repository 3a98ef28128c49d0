import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import type { Column } from '../../ui/data-table';
import { isRunning } from './queries';
import { JobState } from './job-state';

type Job = Schemas['RosterJobRow'];
const WIDTHS = { created: 80, updated: 96, unchanged: 128, ended: 104, rejected: 108 };
export const OUTCOMES = ['created', 'updated', 'unchanged', 'ended', 'rejected'] as const;

export function useJobColumns(): Column<Job>[] {
  const { t } = useTranslation('exchange');
  const formats = useFormats();
  // Nothing is counted before the package has been read.
  const number = (job: Job, value: number) =>
    isRunning(job.state) && value === 0 ? '' : formats.number(value);
  return [
    {
      key: 'submittedAt',
      header: t('columns.submittedAt'),
      width: 176,
      card: 'title',
      cell: (job) => (
        <Anchor component={Link} to={`/exchange/${job.id}`} size="sm" style={{ whiteSpace: 'nowrap' }}>
          {formats.moment(job.submittedAt)}
        </Anchor>
      ),
    },
    {
      key: 'state',
      header: t('columns.state'),
      width: 176,
      cell: (job) => <JobState job={job} />,
    },
    {
      key: 'source',
      header: t('columns.source'),
      cell: (job) => (
        <>
          <Text size="sm" lineClamp={2} lh={1.3}>
            {job.sourceSystem ?? t('noSource')}
          </Text>
          {job.submittedBy !== job.sourceSystem && (
            <Text size="xs" c="dimmed" lineClamp={2} title={job.submittedBy}>
              {job.submittedBy}
            </Text>
          )}
        </>
      ),
    },
    ...OUTCOMES.map((outcome): Column<Job> => ({
      key: outcome,
      header: t(`counts.${outcome}`),
      align: 'right',
      width: WIDTHS[outcome],
      cell: (job) => number(job, job.totals[outcome]),
      isEmpty: (job) => job.totals[outcome] === 0,
    })),
    {
      key: 'errors',
      header: t('columns.errors'),
      align: 'right',
      width: 84,
      cell: (job) =>
        job.errorCount > 0 ? (
          <Text span size="sm" fw={600} c="var(--parta-bad-fg)">
            {formats.number(job.errorCount)}
          </Text>
        ) : (
          number(job, 0)
        ),
      isEmpty: (job) => job.errorCount === 0,
    },
  ];
}
