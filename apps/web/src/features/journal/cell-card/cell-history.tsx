import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import { useFormats } from '../../../i18n/use-formats';
import { ErrorAlert } from '../../../ui/error-alert';
import { ATTENDANCE_CODES, type CellRef } from '../entries/types';
import { useEntries } from '../entries/use-entries';
import { useCellHistory } from '../queries';
import { turnsOf, type Turn } from './history-turns';

type Change = Schemas['EntryChange'];

/** Who put what, when, and why; the newest first. */
export function CellHistory({ at }: { at: CellRef }) {
  const { t } = useTranslation('journal');
  const { queue } = useEntries();
  const version = useSyncExternalStore(queue.subscribe, () => queue.version(at));
  const history = useCellHistory(at.lessonId, at.studentId, version);
  return (
    <Stack gap="xs" component="section" aria-label={t('card.history')}>
      <Title order={3}>{t('card.history')}</Title>
      {history.isPending && <Skeleton h={44} />}
      <ErrorAlert error={history.error} onRetry={() => void history.refetch()} />
      {history.data?.changes.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('card.noHistory')}
        </Text>
      )}
      {history.data &&
        turnsOf(history.data.changes).map((turn) => <ShownTurn key={turnKey(turn)} turn={turn} />)}
    </Stack>
  );
}

const turnKey = ({ changes }: Turn) => `${changes.at(-1)!.changedAt} ${changes.length}`;

/** What came of it; each step of it in order when asked for. */
function ShownTurn({ turn }: { turn: Turn }) {
  const { t } = useTranslation('journal');
  const formats = useFormats();
  const word = useChangeWord();
  const [isOpen, open] = useDisclosure(false);
  const { changes, became, subject } = turn;
  const [latest] = changes as [Change];
  const isFolded = changes.length > became.length;
  return (
    <div>
      <Text size="sm">
        {t(subject === 'mark' ? 'card.subjectMark' : 'card.subjectAttendance')}:{' '}
        {became.map((one) => word(subject, one)).join(', ') || t('card.changedBack')}
        {latest.isLate && ` (${t('card.lateEntry')})`}
      </Text>
      <Text size="xs" c="dimmed">
        {formats.exact(turn.changedAt)} · {turn.changedBy}
        {latest.reason && ` · ${t('card.because', { reason: latest.reason })}`}
      </Text>
      {isFolded && (
        <Button size="compact-xs" variant="subtle" aria-expanded={isOpen} onClick={open.toggle}>
          {t(isOpen ? 'card.hideSteps' : 'card.showSteps', { count: changes.length })}
        </Button>
      )}
      {isFolded && isOpen && (
        <Stack component="ol" gap={2} m={0} ps="md" fz="xs" c="dimmed">
          {changes.toReversed().map((change, index) => (
            <li key={`${change.changedAt} ${index}`}>
              {formats.exact(change.changedAt)} · {word(subject, change)}
            </li>
          ))}
        </Stack>
      )}
    </div>
  );
}

function useChangeWord() {
  const { t } = useTranslation('journal');
  const word = (value: string | null) => {
    const code = ATTENDANCE_CODES.find((known) => known === value);
    return code ? t(`attendance.${code}`) : (value ?? t('attendance.present'));
  };
  return (subject: string, { before, after }: Pick<Change, 'before' | 'after'>) => {
    if (subject === 'mark' && before === null) return t('card.changeAdded', { after: word(after) });
    if (subject === 'mark' && after === null) return t('card.changeRemoved', { before: word(before) });
    return t('card.changeReplaced', { before: word(before), after: word(after) });
  };
}
