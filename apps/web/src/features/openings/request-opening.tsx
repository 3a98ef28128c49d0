import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { IconHourglass, IconLockOpen, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorAlert } from '../../ui/error-alert';
import { notify } from '../../ui/notify';
import { ToneBadge } from '../../ui/tone-badge';
import { useRequestOpening } from './queries';

interface RequestOpeningProps {
  lessonId: string;
  /** which lesson it is, in words */
  lesson: string;
  /** state of the last request */
  opening: string | null;
  answer?: string | null;
}

/** For a lesson whose entry window is over: asks the deputy head to open it, or says what became of the request. */
export function RequestOpening({ lessonId, lesson, opening, answer }: RequestOpeningProps) {
  const { t } = useTranslation('journal');
  const [isAsking, setAsking] = useState(false);
  if (opening === 'asked') {
    return (
      <ToneBadge tone="info" icon={<IconHourglass size={12} aria-hidden />}>
        {t('opening.asked')}
      </ToneBadge>
    );
  }
  return (
    <Group gap="xs">
      {opening === 'refused' && (
        <ToneBadge tone="warn" icon={<IconX size={12} aria-hidden />}>
          {answer ? t('opening.refusedWith', { answer }) : t('opening.refused')}
        </ToneBadge>
      )}
      <Button
        variant="default"
        leftSection={<IconLockOpen size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('opening.ask')}
      </Button>
      {isAsking && (
        <AskDialog lessonId={lessonId} lesson={lesson} onClose={() => setAsking(false)} key={lessonId} />
      )}
    </Group>
  );
}

interface AskDialogProps {
  lessonId: string;
  lesson: string;
  onClose(): void;
}

function AskDialog({ lessonId, lesson, onClose }: AskDialogProps) {
  const { t } = useTranslation(['journal', 'common']);
  const [reason, setReason] = useState('');
  const [isEmpty, setEmpty] = useState(false);
  const ask = useRequestOpening(lessonId);
  const send = () => {
    if (reason.trim() === '') return setEmpty(true);
    ask.start(reason.trim(), () => {
      onClose();
      void notify(t('opening.sent'));
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('opening.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t('opening.text', { lesson })}</Text>
          <Textarea
            data-autofocus
            label={t('opening.reason')}
            description={t('opening.reasonHint')}
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            error={isEmpty && t('opening.needReason')}
            onChange={(event) => {
              setReason(event.currentTarget.value);
              setEmpty(false);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                event.preventDefault();
                send();
              }
            }}
          />
          <ErrorAlert error={ask.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={ask.isPending}>
              {t('opening.send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
