import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormats } from '../../i18n/use-formats';
import { Panel } from '../home/panel';
import { useOpenings } from './queries';

const SHOWN = 3;

/** On the home page of the leadership, as long as a teacher waits for an answer. */
export function OpeningsPanel() {
  const { t } = useTranslation('oversight');
  const formats = useFormats();
  const openings = useOpenings().data;
  if (!openings || openings.waiting === 0) return null;
  const waiting = openings.requests.filter(({ state }) => state === 'asked');
  return (
    <Panel
      title={t('openings.panel', { count: openings.waiting })}
      action={
        <Button component={Link} to="/openings">
          {t('openings.decide')}
        </Button>
      }
    >
      <Stack gap={6}>
        {waiting.slice(0, SHOWN).map((request) => (
          <Text key={request.requestId} size="sm" style={{ overflowWrap: 'anywhere' }}>
            <Anchor component={Link} to="/openings" inherit>
              {request.groupTitle}, {formats.day(request.date)}
            </Anchor>
            {' · '}
            {request.teacher}: {request.reason}
          </Text>
        ))}
        {waiting.length > SHOWN && (
          <Text size="sm" c="dimmed">
            {t('openings.more', { count: waiting.length - SHOWN })}
          </Text>
        )}
      </Stack>
    </Panel>
  );
}
