import { ActionIcon, Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import type { DescriptionState } from './use-description';

interface IndividualHomeworkProps {
  card: Schemas['LessonCard'];
  state: DescriptionState;
  isClosed: boolean;
}

/** Homework for single pupils. */
export function IndividualHomework({ card, state, isClosed }: IndividualHomeworkProps) {
  const { t } = useTranslation('journal');
  const { individual } = state.form;
  const set = (index: number, change: Partial<(typeof individual)[number]>) =>
    state.change({
      individual: individual.map((one, at) => (at === index ? { ...one, ...change } : one)),
    });
  const nameOf = (studentId: string | null) =>
    card.list.find((student) => student.studentId === studentId)?.name ?? '';
  if (isClosed && individual.length === 0) return null;
  return (
    <Stack gap="xs" role="group" aria-label={t('lesson.individual')}>
      {individual.length > 0 && (
        <Text size="sm" fw={500}>
          {t('lesson.individual')}
        </Text>
      )}
      {individual.map((one, index) => {
        const isWrong = state.problems.incomplete.includes(index);
        return (
          <Group key={index} gap="xs" align="flex-start" wrap="nowrap">
            <Stack gap={6} style={{ flex: 1, minWidth: 0 }}>
              <Select
                aria-label={t('lesson.student')}
                placeholder={t('lesson.student')}
                readOnly={isClosed}
                searchable
                allowDeselect={false}
                value={one.studentId}
                data={card.list
                  .filter(
                    ({ studentId }) =>
                      studentId === one.studentId ||
                      individual.every((other) => other.studentId !== studentId),
                  )
                  .map(({ studentId, name }) => ({ value: studentId, label: name }))}
                onChange={(studentId) => set(index, { studentId })}
              />
              <Textarea
                aria-label={t('lesson.individualText')}
                placeholder={t('lesson.individualText')}
                readOnly={isClosed}
                autosize
                maxLength={2000}
                value={one.text}
                error={isWrong && t('lesson.needStudent')}
                onChange={(event) => set(index, { text: event.currentTarget.value })}
              />
            </Stack>
            {!isClosed && (
              <ActionIcon
                variant="default"
                size={36}
                aria-label={t('lesson.removeIndividual', { name: nameOf(one.studentId) })}
                onClick={() => state.change({ individual: individual.filter((_, at) => at !== index) })}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            )}
          </Group>
        );
      })}
      {!isClosed && (
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => state.change({ individual: [...individual, { studentId: null, text: '' }] })}
        >
          {t('lesson.addIndividual')}
        </Button>
      )}
    </Stack>
  );
}
