import { Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/types';
import { isRunning } from './queries';
import { StateBadge } from './state-badge';

/** The state of a package, and under it how far it is or that it was a trial. */
export function JobState({ job }: { job: Schemas['RosterJobRow'] }) {
  const { t } = useTranslation('exchange');
  return (
    <>
      <StateBadge state={job.state} />
      {isRunning(job.state) ? (
        <Group gap={6} wrap="nowrap">
          <Progress
            value={job.progress}
            w={96}
            size="sm"
            aria-label={t('progress', { percent: job.progress })}
          />
          <Text size="xs" c="dimmed">
            {job.progress}&nbsp;%
          </Text>
        </Group>
      ) : (
        job.dryRun && (
          <Text size="xs" c="dimmed">
            {t('dryRun')}
          </Text>
        )
      )}
    </>
  );
}
