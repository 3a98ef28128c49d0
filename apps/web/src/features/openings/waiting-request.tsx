import { Anchor, Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { DateField } from '../../ui/date-field/date-field';
import { shift } from '../../ui/date-field/date-text';
import { ErrorAlert } from '../../ui/error-alert';
import { notify } from '../../ui/notify';
import { useToday } from '../journal/dates';
import { useDecideOpening } from './queries';

/** As long as the service lets a lesson be opened for. */
const LONGEST_DAYS = 30;
const USUAL_DAYS = 2;

/** A request that waits for an answer: opened until a day, or refused with a reason. */
export function WaitingRequest({ request }: { request: Schemas['OpeningRequest'] }) {
  const { t } = useTranslation(['oversight', 'common']);
  const formats = useFormats();
  const today = useToday();
  const [openUntil, setOpenUntil] = useState(() => shift(today, USUAL_DAYS));
  const [isRefusing, setRefusing] = useState(false);
  const [answer, setAnswer] = useState('');
  const [isEmpty, setEmpty] = useState(false);
  const decide = useDecideOpening(request.requestId);
  const lesson = t('openings.lesson', { day: formats.day(request.date), number: request.lessonNumber });
  const refuse = () => {
    if (answer.trim() === '') return setEmpty(true);
    decide.start({ isGranted: false, answer: answer.trim() }, () => void notify(t('openings.refusedSaid')));
  };
  return (
    <Paper p="md" component="section" aria-label={`${request.groupTitle}, ${lesson}`}>
      <Stack gap="sm">
        <Group justify="space-between" gap={4} align="baseline">
          <Title order={3} fz="md">
            <Anchor component={Link} to={`/journal/lessons/${request.lessonId}`} inherit>
              {request.groupTitle}
            </Anchor>
            {', '}
            {lesson}
          </Title>
          <Text size="sm" c="dimmed">
            {t('openings.askedBy', { teacher: request.teacher, when: formats.moment(request.askedAt) })}
          </Text>
        </Group>
        <Text style={{ overflowWrap: 'anywhere' }}>{request.reason}</Text>
        <ErrorAlert error={decide.error} />
        {isRefusing ? (
          <>
            <Textarea
              label={t('openings.answer')}
              autosize
              minRows={2}
              maxLength={500}
              autoFocus
              value={answer}
              error={isEmpty && t('openings.needAnswer')}
              onChange={(event) => {
                setAnswer(event.currentTarget.value);
                setEmpty(false);
              }}
            />
            <Group gap="xs">
              <Button loading={decide.isPending} onClick={refuse}>
                {t('openings.refuse')}
              </Button>
              <Button variant="default" onClick={() => setRefusing(false)}>
                {t('common:cancel')}
              </Button>
            </Group>
          </>
        ) : (
          <Group gap="xs" align="flex-end">
            <DateField
              label={t('openings.until')}
              w={230}
              value={openUntil}
              min={today}
              max={shift(today, LONGEST_DAYS)}
              onChange={(date) => date && setOpenUntil(date)}
            />
            <Button
              loading={decide.isPending}
              leftSection={<IconLockOpen size={16} aria-hidden />}
              onClick={() =>
                decide.start({ isGranted: true, openUntil }, () => void notify(t('openings.grantedSaid')))
              }
            >
              {t('openings.grant')}
            </Button>
            <Button variant="default" onClick={() => setRefusing(true)}>
              {t('openings.refuse')}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
