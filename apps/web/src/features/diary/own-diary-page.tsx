import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { Page } from '../../ui/page';
import { useCurrentChild } from './children';
import { NoChildren } from './no-children';

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
