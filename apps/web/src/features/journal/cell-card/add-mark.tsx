import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { randomId } from '../../../api/random-id';
import { MARK_VALUES, type CellRef } from '../entries/types';
import { useEntries } from '../entries/use-entries';
import { useWorkTypeOptions } from './use-work-type-options';

export function AddMark({ at }: { at: CellRef }) {
  const { t } = useTranslation('journal');
  const { sitting } = useEntries();
  const options = useWorkTypeOptions();
  const [workTypeId, setWorkTypeId] = useState<string | null>(null);
  const [comment, setComment] = useState('');
  return (
    <Stack gap="xs" role="group" aria-label={t('card.add')}>
      <Group gap="xs" grow align="flex-end">
        <Select
          label={t('card.workType')}
          placeholder={t('card.ownWorkType')}
          clearable
          clearButtonProps={{ 'aria-label': t('card.ownWorkType') }}
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
      </Group>
      <Group gap="xs">
        {MARK_VALUES.map((value) => (
          <Button
            key={value}
            variant="default"
            w={52}
            px={0}
            aria-label={`${t('card.add')}: ${value}`}
            onClick={() => {
              sitting.do([
                {
                  ...at,
                  wish: {
                    kind: 'mark',
                    ref: randomId(),
                    value,
                    ...(workTypeId && { workTypeId }),
                    ...(comment.trim() && { comment: comment.trim() }),
                  },
                },
              ]);
              setComment('');
            }}
          >
            {value}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
