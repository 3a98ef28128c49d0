import { Group, Progress, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useFormats } from '../../i18n/use-formats';
import { BackLink } from '../../ui/back-link';
import { ErrorAlert } from '../../ui/error-alert';
import { Page } from '../../ui/page';
import { ToneBadge } from '../../ui/tone-badge';
import { TonePanel } from '../../ui/tone-panel';
import { JobCounts } from './job-counts';
import { JobErrors } from './job-errors';
import { JobFacts } from './job-facts';
import { ParkedPanel } from './parked-panel';
import { isRunning, useRosterJob } from './queries';
import { StateBadge } from './state-badge';

export function Component() {
  const { t } = useTranslation('exchange');
  const { jobId = '' } = useParams();
  const formats = useFormats();
  const { data: job, error, isError, refetch } = useRosterJob(jobId);
  return (
    <Page
      before={<BackLink to="/exchange" text={t('job.back')} />}
      title={t('job.title', { date: job ? formats.exact(job.submittedAt) : '…' })}
      note={
        job && (
          <Group gap="xs" role="status" component="span">
            <StateBadge state={job.state} />
            {job.dryRun && <ToneBadge tone="quiet">{t('dryRun')}</ToneBadge>}
            <span>{t(`stateHint.${job.state}`)}</span>
          </Group>
        )
      }
    >
      {isError && !job && <ErrorAlert error={error} onRetry={() => void refetch()} />}
      {!job && !isError && (
        <Stack aria-hidden>
          <Skeleton h={150} radius="md" />
          <Skeleton h={360} radius="md" />
        </Stack>
      )}
      {job && (
        <>
          {isRunning(job.state) && (
            <div>
              <Progress value={job.progress} aria-label={t('progress', { percent: job.progress })} />
              <Text size="sm" c="dimmed" mt={4} className="parta-tabular">
                {t('progress', { percent: job.progress })}
              </Text>
            </div>
          )}
          {job.state === 'parked' && <ParkedPanel id={job.id} reason={job.reason} />}
          {job.state === 'refused' && job.reason && (
            <TonePanel tone="bad">
              {t('job.reason')}: {job.reason}
            </TonePanel>
          )}
          <JobFacts job={job} />
          <JobCounts job={job} />
          {!isRunning(job.state) && <JobErrors job={job} />}
        </>
      )}
    </Page>
  );
}
