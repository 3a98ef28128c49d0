import { Anchor, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import type { Column } from '../../ui/data-table';
import { ToneBadge } from '../../ui/tone-badge';
import { isRunning } from './queries';
import { StateBadge } from './state-badge';

type Job = Schemas['RosterJobRow'];
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
      width: 190,
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
      width: 240,
      cell: (job) => (
        <Group gap={6} wrap="nowrap">
          <StateBadge state={job.state} />
          {isRunning(job.state) && (
            <>
              <Progress
                value={job.progress}
                w={56}
                aria-label={t('progress', { percent: job.progress })}
                style={{ flexShrink: 0 }}
              />
              <Text size="xs" c="dimmed">
                {job.progress}&nbsp;%
              </Text>
            </>
          )}
          {job.dryRun && <ToneBadge tone="quiet">{t('dryRun')}</ToneBadge>}
        </Group>
      ),
    },
    {
      key: 'source',
      header: t('columns.source'),
      width: 200,
      clip: (job) => job.sourceSystem ?? '',
      cell: (job) => job.sourceSystem ?? t('noSource'),
    },
    {
      key: 'submittedBy',
      header: t('columns.submittedBy'),
      width: 190,
      clip: (job) => job.submittedBy,
      cell: (job) => job.submittedBy,
    },
    ...OUTCOMES.map((outcome): Column<Job> => ({
      key: outcome,
      header: t(`counts.${outcome}`),
      align: 'right',
      cell: (job) => number(job, job.totals[outcome]),
      isEmpty: (job) => job.totals[outcome] === 0,
    })),
    {
      key: 'errors',
      header: t('columns.errors'),
      align: 'right',
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
