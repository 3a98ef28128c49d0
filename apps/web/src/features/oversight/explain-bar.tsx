import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/error';
import { ErrorAlert } from '../../ui/error-alert';
import { notify } from '../../ui/notify';
import { LeaveGuard } from '../journal/entries/leave-guard';
import { useHeldDraft } from '../journal/entries/held-drafts';
import { LETTERS } from '../journal/grid/cell-text';
import type { Absence } from './absence-groups';
import classes from './oversight.module.css';
import { useExplainAbsences } from './queries';

const CODES = ['ABSENT', 'ILL', 'EXCUSED'] as const;
type Code = (typeof CODES)[number];

interface ExplainBarProps {
  classId: string;
  selected: Absence[];
  onDone(): void;
}

/** One reason for all the absences that are chosen. */
export function ExplainBar({ classId, selected, onDone }: ExplainBarProps) {
  const { t } = useTranslation(['oversight', 'journal']);
  const [code, setCode] = useState<Code | null>(null);
  const [reason, setReason] = useState('');
  const command = useExplainAbsences(classId);
  useHeldDraft(reason.trim() !== '');
  const { error } = command;
  const isStale = hasCode(error, 'journal.cell-stale');
  const stale = isStale ? ((error.details.cells as unknown[] | undefined)?.length ?? 1) : 0;
  const [isAsked, setAsked] = useState(false);
  const save = () => {
    // Nothing is chosen beforehand: what was not asked of the family must not be written down by a slip.
    setAsked(true);
    if (code === null) return;
    command.start(
      selected.map(({ lessonId, studentId, cellVersion }) => ({
        lessonId,
        studentId,
        cellVersion,
        code,
        reason: reason.trim() || null,
      })),
      () => {
        void notify(t('absences.saved', { count: selected.length }));
        setReason('');
        setCode(null);
        setAsked(false);
        onDone();
      },
    );
  };
  if (selected.length === 0) return <LeaveGuard unsaved={0} />;
  return (
    <form
      className={classes.bar}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="xs">
        {isStale && (
          <Text size="sm" c="var(--parta-bad-fg)" role="alert">
            {t('absences.conflict', { count: stale })}
          </Text>
        )}
        <ErrorAlert error={isStale ? null : error} />
        <Group gap="sm" align="flex-end">
          <Text size="sm" fw={600} role="status" mb={8} miw={150}>
            {t('absences.selected', { count: selected.length })}
          </Text>
          <Select
            label={t('absences.code')}
            w={230}
            allowDeselect={false}
            placeholder={t('absences.codePlaceholder')}
            error={isAsked && code === null ? t('absences.codeMissing') : null}
            value={code}
            data={CODES.map((value) => ({
              value,
              label: `${LETTERS[value]} — ${t(`journal:attendance.${value}`)}`,
            }))}
            onChange={(value) => setCode(value as Code | null)}
          />
          <TextInput
            label={t('absences.reason')}
            placeholder={t('absences.reasonPlaceholder')}
            maxLength={500}
            style={{ flex: '1 1 220px' }}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button variant="default" onClick={onDone}>
            {t('absences.drop')}
          </Button>
          <Button type="submit" loading={command.isPending}>
            {t('absences.save')}
          </Button>
        </Group>
      </Stack>
      <LeaveGuard unsaved={0} />
    </form>
  );
}
