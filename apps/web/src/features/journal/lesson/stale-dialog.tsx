import { Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import { useWorkTypes } from '../queries';
import { describedBy, FIELDS, type Description } from './description';
import type { DescriptionState } from './use-description';

interface StaleDialogProps {
  card: Schemas['LessonCard'];
  state: DescriptionState;
}

/** Somebody else has described the lesson meanwhile: both texts, and a question. */
export function StaleDialog({ card, state }: StaleDialogProps) {
  const { t } = useTranslation('journal');
  const workTypes = useWorkTypes().data;
  if (!state.isStale) return null;
  const theirs = describedBy(card);
  const text = (form: Description, field: (typeof FIELDS)[number]): string => {
    if (field === 'noHomework') return form.noHomework ? t('lesson.noHomework') : '';
    if (field === 'workTypeId') {
      return workTypes?.find(({ workTypeId }) => workTypeId === form.workTypeId)?.title ?? '';
    }
    if (field === 'individual') {
      return form.individual
        .map(
          (one) =>
            `${card.list.find(({ studentId }) => studentId === one.studentId)?.name ?? ''}: ${one.text}`,
        )
        .join('\n');
    }
    return form[field];
  };
  const label = { workTypeId: 'workType' } as const;
  const differing = FIELDS.filter((field) => text(theirs, field) !== text(state.form, field));
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      size="lg"
      title={t('lesson.stale.title')}
    >
      <Stack gap="md">
        <Text size="sm">{t('lesson.stale.text')}</Text>
        <Table highlightOnHover={false}>
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              <Table.Th scope="col">{t('lesson.stale.theirs')}</Table.Th>
              <Table.Th scope="col">{t('lesson.stale.mine')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differing.map((field) => (
              <Table.Tr key={field}>
                <Table.Th scope="row">
                  {t(`lesson.${field in label ? label[field as keyof typeof label] : (field as 'topic')}`)}
                </Table.Th>
                <Table.Td>{text(theirs, field) || t('lesson.stale.empty')}</Table.Td>
                <Table.Td>{text(state.form, field) || t('lesson.stale.empty')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={state.takeTheirs} data-autofocus>
            {t('lesson.stale.keepTheirs')}
          </Button>
          <Button onClick={state.keepMine} loading={state.isPending}>
            {t('lesson.stale.keepMine')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
