import { Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconCircleCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { EmptyState } from '../../ui/empty-state';
import { ErrorAlert } from '../../ui/error-alert';
import { Page } from '../../ui/page';
import { ToneBadge } from '../../ui/tone-badge';
import classes from '../oversight/oversight.module.css';
import { useOpenings } from './queries';
import { WaitingRequest } from './waiting-request';

/** Requests of teachers to open lessons whose entry window is over, and what was answered. */
export function Component() {
  const { t } = useTranslation('oversight');
  const openings = useOpenings();
  const waiting = openings.data?.requests.filter(({ state }) => state === 'asked') ?? [];
  const answered = openings.data?.requests.filter(({ state }) => state !== 'asked') ?? [];
  return (
    <Page title={t('openings.title')} note={t('openings.note')}>
      <ErrorAlert error={openings.isError ? openings.error : null} onRetry={() => void openings.refetch()} />
      {openings.isPending && <Skeleton h={180} radius="md" />}
      {openings.data && (
        <Stack gap="sm" component="section" aria-label={t('openings.waiting')}>
          <Title order={2}>{t('openings.waiting')}</Title>
          {waiting.length === 0 && (
            <Paper>
              <EmptyState
                icon={<IconCircleCheck size={40} stroke={1.5} aria-hidden />}
                title={t('openings.noneTitle')}
                hint={t('openings.noneHint')}
              />
            </Paper>
          )}
          {waiting.map((request) => (
            <WaitingRequest key={request.requestId} request={request} />
          ))}
        </Stack>
      )}
      {answered.length > 0 && (
        <Stack gap="sm" component="section" aria-label={t('openings.answered')}>
          <Title order={2}>{t('openings.answered')}</Title>
          <Paper component="ul" className={classes.list} style={{ overflow: 'hidden' }}>
            {answered.map((request) => (
              <Answered key={request.requestId} request={request} />
            ))}
          </Paper>
        </Stack>
      )}
    </Page>
  );
}

function Answered({ request }: { request: Schemas['OpeningRequest'] }) {
  const { t } = useTranslation('oversight');
  const formats = useFormats();
  const isGranted = request.state === 'granted';
  return (
    <li>
      <Link to={`/journal/lessons/${request.lessonId}`} className={classes.row}>
        <span className={classes.what}>
          <Text span size="sm" fw={500} display="block">
            {request.groupTitle},{' '}
            {t('openings.lesson', { day: formats.day(request.date), number: request.lessonNumber })}
          </Text>
          <Text span size="sm" c="dimmed" display="block" style={{ overflowWrap: 'anywhere' }}>
            {request.teacher}: {request.reason}
          </Text>
          {request.answer && (
            <Text span size="sm" display="block" style={{ overflowWrap: 'anywhere' }}>
              {t('openings.answerWas', { answer: request.answer })}
            </Text>
          )}
        </span>
        <Text span size="sm" c="dimmed">
          {request.decidedBy}, {request.decidedAt && formats.stamp(request.decidedAt)}
        </Text>
        {isGranted ? (
          <ToneBadge tone="good" icon={<IconCheck size={12} aria-hidden />}>
            {t('openings.grantedUntil', { day: formats.day(request.openUntil!) })}
          </ToneBadge>
        ) : (
          <ToneBadge tone="warn" icon={<IconX size={12} aria-hidden />}>
            {t('openings.refused')}
          </ToneBadge>
        )}
      </Link>
    </li>
  );
}
