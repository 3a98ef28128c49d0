import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import { useFormats } from '../../../i18n/use-formats';
import { ErrorAlert } from '../../../ui/error-alert';
import { ATTENDANCE_CODES, type CellRef } from '../entries/types';
import { useEntries } from '../entries/use-entries';
import { useCellHistory } from '../queries';

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
      {history.data?.changes.map((change, index) => (
        <Change key={`${change.changedAt} ${index}`} change={change} />
      ))}
    </Stack>
  );
}

function Change({ change }: { change: Schemas['EntryChange'] }) {
  const { t } = useTranslation('journal');
  const formats = useFormats();
  const isMark = change.subject === 'mark';
  const word = (value: string | null) => {
    const code = ATTENDANCE_CODES.find((known) => known === value);
    return code ? t(`attendance.${code}`) : (value ?? t('attendance.present'));
  };
  const before = word(change.before);
  const after = word(change.after);
  const what =
    isMark && change.before === null
      ? t('card.changeAdded', { after })
      : isMark && change.after === null
        ? t('card.changeRemoved', { before })
        : t('card.changeReplaced', { before, after });
  return (
    <div>
      <Text size="sm">
        {t(isMark ? 'card.subjectMark' : 'card.subjectAttendance')}: {what}
        {change.isLate && ` (${t('card.lateEntry')})`}
      </Text>
      <Text size="xs" c="dimmed">
        {formats.exact(change.changedAt)} · {change.changedBy}
        {change.reason && ` · ${t('card.because', { reason: change.reason })}`}
      </Text>
    </div>
  );
}
