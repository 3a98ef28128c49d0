import { Paper } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { EmptyState } from '../../ui/empty-state';
import { Page } from '../../ui/page';
import { useCurrentChild } from './children';

/** `/diary` without a child: goes to the last one. */
export function Component() {
  const { t } = useTranslation('diary');
  const child = useCurrentChild();
  if (child) return <Navigate to={`/diary/${child.studentId}`} replace />;
  return (
    <Page title={t('title')}>
      <NoChildren />
    </Page>
  );
}

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
