import { Paper } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state';

export function NoChildren() {
  const { t } = useTranslation('diary');
  return (
    <Paper>
      <EmptyState
        icon={<IconUsers size={40} stroke={1.5} aria-hidden />}
        title={t('noChildren')}
        hint={t('noChildrenHint')}
      />
    </Paper>
  );
}
