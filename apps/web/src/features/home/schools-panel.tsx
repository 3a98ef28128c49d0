import { Anchor, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ErrorAlert } from '../../ui/error-alert';
import { useSchools } from '../schools/queries';
import { Panel } from './panel';

export function SchoolsPanel() {
  const { t } = useTranslation(['home', 'common']);
  const schools = useSchools();
  const sum = (of: 'students' | 'staff') =>
    schools.data?.reduce((total, school) => total + school[of], 0) ?? 0;
  return (
    <Panel
      title={t('region.schoolsTitle')}
      action={
        <Anchor component={Link} to="/schools" size="sm">
          {t('region.allSchools')}
        </Anchor>
      }
    >
      {schools.isPending && <Skeleton h={22} w="70%" />}
      <ErrorAlert error={schools.error} onRetry={() => void schools.refetch()} />
      {schools.data && (
        <Text size="sm">
          {[
            t('region.schools', { count: schools.data.length }),
            t('common:students', { count: sum('students') }),
            t('region.staff', { count: sum('staff') }),
          ].join(', ')}
        </Text>
      )}
    </Panel>
  );
}
