import { Button, Group, Text } from '@mantine/core';
import { IconChecks, IconUsers } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { bodyOf } from '../../../api/transport';
import { useCommand } from '../../../api/use-command';
import { useErrorText } from '../../../i18n/use-error-text';
import { journalKeys } from '../queries';

interface Said {
  lessonId: string;
  isTaken: boolean;
}

/** Says that whoever is not entered as absent is present, and takes that back. */
export function useAttendanceTaken() {
  const queries = useQueryClient();
  return useCommand(
    ({ lessonId, isTaken }: Said, headers) =>
      bodyOf(
        api.PUT('/api/v1/journal/lessons/{lessonId}/attendance', {
          params: { path: { lessonId } },
          body: { isTaken },
          headers,
        }),
      ),
    // The button waits until the page shows what was said.
    { onSettled: () => queries.invalidateQueries({ queryKey: journalKeys.all }) },
  );
}

interface AllPresentProps {
  lesson: { lessonId: string; attendanceTaken: boolean };
  hasAbsent: boolean;
  command: ReturnType<typeof useAttendanceTaken>;
}

/** «Все присутствуют»: one press for a lesson without absences; pressed again it is taken back. */
export function AllPresent({ lesson, hasAbsent, command }: AllPresentProps) {
  const { t } = useTranslation('journal');
  const errorText = useErrorText();
  const { lessonId, attendanceTaken } = lesson;
  const Icon = attendanceTaken ? IconChecks : IconUsers;
  return (
    <Group gap="xs" justify="flex-end">
      {command.error && (
        <Text size="sm" c="var(--parta-bad-fg)" role="alert">
          {t('lesson.unsaved', { why: errorText(command.error) })}
        </Text>
      )}
      <Button
        variant="default"
        aria-pressed={attendanceTaken}
        aria-keyshortcuts="П"
        title={t(attendanceTaken ? 'lesson.takenHint' : 'lesson.allPresentHint')}
        loading={command.isPending}
        leftSection={
          <Icon size={16} aria-hidden color={attendanceTaken ? 'var(--parta-good-fg)' : undefined} />
        }
        onClick={() => command.start({ lessonId, isTaken: !attendanceTaken })}
      >
        {t(hasAbsent ? 'lesson.restPresent' : 'lesson.allPresent')}
      </Button>
    </Group>
  );
}
