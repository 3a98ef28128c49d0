import { Button, Checkbox, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import { DateField } from '../../../ui/date-field/date-field';
import { useErrorText } from '../../../i18n/use-error-text';
import { useFormats } from '../../../i18n/use-formats';
import { useWorkTypeOptions } from '../cell-card/use-work-type-options';
import { useHeldDraft } from '../entries/held-drafts';
import { IndividualHomework } from './individual-homework';
import { StaleDialog } from './stale-dialog';
import { useDescription, type DescriptionState } from './use-description';

/** Topic, kind of work, homework and the word for the families. */
export function LessonForm({ card }: { card: Schemas['LessonCard'] }) {
  const { t } = useTranslation('journal');
  const state = useDescription(card);
  const options = useWorkTypeOptions();
  useHeldDraft(state.isDirty);
  const { form, change, problems } = state;
  const isClosed = !card.isMine || !card.isOpen;
  const canTake = !isClosed && card.plannedTopic && card.plannedTopic !== form.topic.trim();
  const takeTopic = () => card.plannedTopic && change({ topic: card.plannedTopic });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        state.save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isClosed) {
          event.preventDefault();
          state.save();
        }
      }}
    >
      <Stack gap="sm">
        {state.isRestored && (
          <Group gap="xs" justify="space-between">
            <Text size="sm" c="dimmed">
              {t('lesson.draft')}
            </Text>
            <Button size="xs" variant="default" onClick={state.takeTheirs}>
              {t('lesson.dropDraft')}
            </Button>
          </Group>
        )}
        <div>
          <TextInput
            label={t('lesson.topic')}
            data-topic
            readOnly={isClosed}
            maxLength={500}
            value={form.topic}
            placeholder={card.plannedTopic ?? undefined}
            onChange={(event) => change({ topic: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown' && form.topic === '' && canTake) {
                event.preventDefault();
                takeTopic();
              }
            }}
          />
          {canTake && (
            <Group gap="xs" mt={4} justify="space-between" wrap="nowrap">
              <Text size="xs" c="dimmed" title={t('lesson.takeHint')}>
                {t('lesson.planned', { topic: card.plannedTopic })}
              </Text>
              <Button size="compact-xs" variant="default" onClick={takeTopic} style={{ flexShrink: 0 }}>
                {t('lesson.take')} {form.topic === '' && '↓'}
              </Button>
            </Group>
          )}
        </div>
        <Select
          label={t('lesson.workType')}
          placeholder={t('lesson.noWorkType')}
          readOnly={isClosed}
          clearable={!isClosed}
          clearButtonProps={{ 'aria-label': t('lesson.noWorkType') }}
          data={options}
          value={form.workTypeId}
          onChange={(workTypeId) => change({ workTypeId })}
        />
        <Textarea
          label={t('lesson.homework')}
          readOnly={isClosed}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2000}
          value={form.homework}
          error={problems.contradiction && t('lesson.contradiction')}
          onChange={(event) => change({ homework: event.currentTarget.value })}
        />
        {!isClosed && card.plannedHomework && form.homework === '' && !form.noHomework && (
          <Group gap="xs" mt={-6} justify="space-between" wrap="nowrap">
            <Text size="xs" c="dimmed">
              {t('lesson.plannedHomework', { homework: card.plannedHomework })}
            </Text>
            <Button
              size="compact-xs"
              variant="default"
              style={{ flexShrink: 0 }}
              onClick={() => change({ homework: card.plannedHomework! })}
            >
              {t('lesson.take')}
            </Button>
          </Group>
        )}
        <Group gap="md" align="center">
          <Checkbox
            label={t('lesson.noHomework')}
            disabled={isClosed}
            checked={form.noHomework}
            onChange={(event) => change({ noHomework: event.currentTarget.checked })}
          />
        </Group>
        <DateField
          isClearable
          label={t('lesson.dueDate')}
          description={t('lesson.dueHint')}
          readOnly={isClosed}
          w={220}
          min={card.date}
          value={form.dueDate || null}
          onChange={(dueDate) => change({ dueDate: dueDate ?? '' })}
        />
        <IndividualHomework card={card} state={state} isClosed={isClosed} />
        <Textarea
          label={t('lesson.comment')}
          description={t('lesson.commentHint')}
          readOnly={isClosed}
          autosize
          minRows={2}
          maxLength={1000}
          value={form.comment}
          onChange={(event) => change({ comment: event.currentTarget.value })}
        />
        {!isClosed && <SaveLine state={state} />}
      </Stack>
      <StaleDialog card={card} state={state} />
    </form>
  );
}

function SaveLine({ state }: { state: DescriptionState }) {
  const { t } = useTranslation('journal');
  const formats = useFormats();
  const errorText = useErrorText();
  const { isPending, error, isDirty, savedAt } = state;
  const text = isPending
    ? t('lesson.saving')
    : error
      ? t('lesson.unsaved', { why: errorText(error) })
      : isDirty
        ? t('lesson.dirty')
        : savedAt && t('lesson.saved', { time: formats.time(savedAt) });
  const isBad = !isPending && error !== null;
  const isGood = !isPending && !error && !isDirty && savedAt !== null;
  return (
    <Group gap="sm" wrap="nowrap">
      <Button type="submit" loading={isPending} disabled={!isDirty} style={{ flexShrink: 0 }}>
        {t('lesson.save')}
      </Button>
      <Text
        size="sm"
        role="status"
        mih={22}
        c={isBad ? 'var(--parta-bad-fg)' : isGood ? 'var(--parta-good-fg)' : 'dimmed'}
      >
        {isBad && <IconAlertTriangle size={14} aria-hidden style={{ verticalAlign: -2 }} />}
        {isGood && <IconCheck size={14} aria-hidden style={{ verticalAlign: -2 }} />} {text}
      </Text>
    </Group>
  );
}
