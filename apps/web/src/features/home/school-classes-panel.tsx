import { Anchor, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ErrorAlert } from '../../ui/error-alert';
import { useClasses } from '../classes/queries';
import { Panel } from './panel';

export function SchoolClassesPanel() {
  const { t } = useTranslation(['home', 'common']);
  const classes = useClasses();
  const students = classes.data?.reduce((sum, row) => sum + row.students, 0) ?? 0;
  return (
    <Panel
      title={t('schoolClasses.title')}
      action={
        <Anchor component={Link} to="/classes" size="sm">
          {t('schoolClasses.open')}
        </Anchor>
      }
    >
      {classes.isPending && <Skeleton h={22} w="50%" />}
      <ErrorAlert error={classes.error} onRetry={() => void classes.refetch()} />
      {classes.data && (
        <Text size="sm">
          {t('schoolClasses.text', { count: classes.data.length })},{' '}
          {t('common:students', { count: students })}
        </Text>
      )}
    </Panel>
  );
}
