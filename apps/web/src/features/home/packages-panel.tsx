import { Anchor, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormats } from '../../i18n/use-formats';
import { ErrorAlert } from '../../ui/error-alert';
import { useRosterJobs, type RosterFilter } from '../exchange/queries';
import { StateBadge } from '../exchange/state-badge';
import { Panel } from './panel';

interface PackagesPanelProps {
  title: string;
  filter: RosterFilter;
  empty: string;
  /** where the whole list is */
  allTo: string;
}

export function PackagesPanel({ title, filter, empty, allTo }: PackagesPanelProps) {
  const { t } = useTranslation('home');
  const formats = useFormats();
  const jobs = useRosterJobs(filter);
  return (
    <Panel
      title={title}
      action={
        jobs.data &&
        jobs.data.total > 0 && (
          <Anchor component={Link} to={allTo} size="sm">
            {t('region.allPackages', { count: jobs.data.total })}
          </Anchor>
        )
      }
    >
      {jobs.isPending && (
        <Stack gap="xs" aria-hidden>
          {Array.from({ length: filter.state ? 1 : 5 }, (_, at) => (
            <Skeleton key={at} h={44} />
          ))}
        </Stack>
      )}
      <ErrorAlert error={jobs.error} onRetry={() => void jobs.refetch()} />
      {jobs.data?.jobs.length === 0 && (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      )}
      {jobs.data?.jobs.map((job) => (
        <Group key={job.id} justify="space-between" gap="xs" wrap="nowrap" mih={44}>
          <div style={{ minWidth: 0 }}>
            <Anchor component={Link} to={`/exchange/${job.id}`} size="sm" fw={500}>
              {formats.moment(job.submittedAt)}
            </Anchor>
            <Text size="xs" c="dimmed" truncate>
              {[
                job.sourceSystem ?? job.submittedBy,
                job.errorCount > 0 && t('region.errors', { count: job.errorCount }),
              ]
                .filter(Boolean)
                .join(', ')}
            </Text>
          </div>
          <StateBadge state={job.state} />
        </Group>
      ))}
    </Panel>
  );
}
