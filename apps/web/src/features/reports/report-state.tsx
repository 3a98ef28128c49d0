import { Progress, Stack, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconClock,
  IconHourglassOff,
  IconRefresh,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/error';
import { useErrorText } from '../../i18n/use-error-text';
import { ToneBadge, type Tone } from '../../ui/tone-badge';
import type { Report } from './queries';

const LOOK: Record<Report['state'], { tone: Tone; Icon: typeof IconCheck }> = {
  queued: { tone: 'quiet', Icon: IconClock },
  running: { tone: 'info', Icon: IconRefresh },
  done: { tone: 'good', Icon: IconCheck },
  failed: { tone: 'bad', Icon: IconAlertTriangle },
  cancelled: { tone: 'quiet', Icon: IconBan },
  expired: { tone: 'quiet', Icon: IconHourglassOff },
};

/** How far a report is, and why it could not be made. */
export function ReportState({ report }: { report: Report }) {
  const { t } = useTranslation('reports');
  const textOf = useErrorText();
  const { state, progress, errorCode } = report;
  const { tone, Icon } = LOOK[state];
  return (
    <Stack gap={4} align="stretch" w="100%">
      <div>
        <ToneBadge tone={tone} icon={<Icon size={12} aria-hidden />}>
          {state === 'running' ? t('running', { percent: progress }) : t(`state.${state}`)}
        </ToneBadge>
      </div>
      {state === 'running' && (
        <Progress value={progress} size="sm" aria-label={t('running', { percent: progress })} />
      )}
      {state === 'failed' && errorCode && (
        <Text size="xs" c="var(--parta-bad-fg)" lh={1.3}>
          {textOf(new ApiError(0, errorCode))}
        </Text>
      )}
    </Stack>
  );
}
