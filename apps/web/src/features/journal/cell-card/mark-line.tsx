import { Button, Group, Paper, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MARK_VALUES, type CellRef, type MarkValue, type ShownMark, type Wish } from '../entries/types';
import { useEntries } from '../entries/use-entries';
import { useWorkTypeOptions } from './use-work-type-options';

interface MarkLineProps {
  at: CellRef;
  mark: ShownMark;
  isOpen: boolean;
}

export function MarkLine({ at, mark, isOpen }: MarkLineProps) {
  const { t } = useTranslation('journal');
  const [isEdited, setEdited] = useState(false);
  const again = useRef<HTMLButtonElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const done = () => {
    setEdited(false);
    // The form that had the focus is gone; so is the mark, when it was annulled.
    const dialog = card.current?.closest<HTMLElement>('[role=dialog]');
    requestAnimationFrame(() => (again.current ?? dialog?.querySelector('button'))?.focus());
  };
  const options = useWorkTypeOptions();
  const workType = options.find(({ value }) => value === mark.workTypeId)?.label ?? t('card.ownWorkType');
  return (
    <Paper p="sm" ref={card}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <Text fz="xl" fw={600}>
            {mark.value}
          </Text>
          <div style={{ minWidth: 0 }}>
            <Text size="sm">
              {workType}
              {mark.isLate && ` · ${t('card.late')}`}
            </Text>
            {mark.comment && (
              <Text size="sm" c="dimmed">
                {mark.comment}
              </Text>
            )}
          </div>
        </Group>
        {isOpen && !isEdited && (
          <Button
            ref={again}
            variant="default"
            size="xs"
            aria-label={t('card.correctOf', { value: mark.value })}
            onClick={() => setEdited(true)}
          >
            {t('card.correct')}
          </Button>
        )}
      </Group>
      {isOpen && isEdited && <MarkForm at={at} mark={mark} onDone={done} />}
    </Paper>
  );
}

/** The form opens where the button was: the focus goes to the mark there is. */
const focusChecked = (control: HTMLElement | null) =>
  control?.querySelector<HTMLElement>('input:checked')?.focus();

function MarkForm({ at, mark, onDone }: { at: CellRef; mark: ShownMark; onDone(): void }) {
  const { t } = useTranslation(['journal', 'common']);
  const { sitting } = useEntries();
  const options = useWorkTypeOptions();
  const [value, setValue] = useState(mark.value);
  const [workTypeId, setWorkTypeId] = useState(mark.workTypeId);
  const [comment, setComment] = useState(mark.comment ?? '');
  const [reason, setReason] = useState('');
  const say = reason.trim() ? { reason: reason.trim() } : {};
  const send = (wish: Wish) => {
    sitting.do([{ ...at, wish }]);
    onDone();
  };
  const correction: Extract<Wish, { kind: 'correction' }> = {
    kind: 'correction',
    ref: mark.ref,
    ...(value !== mark.value && { value: value as MarkValue }),
    ...(workTypeId && workTypeId !== mark.workTypeId && { workTypeId }),
    ...(comment.trim() !== (mark.comment ?? '') && { comment: comment.trim() || null }),
  };
  const isChanged = Object.keys(correction).length > 2;
  return (
    <Stack gap="xs" mt="sm">
      <SegmentedControl
        ref={focusChecked}
        aria-label={t('card.value')}
        value={value}
        onChange={setValue}
        data={[...MARK_VALUES]}
      />
      <Select
        label={t('card.workType')}
        allowDeselect={false}
        data={options}
        value={workTypeId}
        onChange={setWorkTypeId}
      />
      <TextInput
        label={t('card.comment')}
        maxLength={500}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <TextInput
        label={t('card.reason')}
        description={t('card.reasonHint')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group gap="xs" justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button variant="default" onClick={() => send({ kind: 'annulment', ref: mark.ref, ...say })}>
          {t('card.annul')}
        </Button>
        <Button disabled={!isChanged} onClick={() => send({ ...correction, ...say })}>
          {t('card.save')}
        </Button>
      </Group>
    </Stack>
  );
}
