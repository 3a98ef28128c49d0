import { Anchor, Group, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ErrorAlert } from '../../ui/error-alert';
import { useClasses } from '../classes/queries';
import { Panel } from './panel';

export function ClassTeachersPanel() {
  const { t } = useTranslation('home');
  const classes = useClasses();
  const without = classes.data?.filter(({ homeroomTeachers }) => homeroomTeachers.length === 0);
  return (
    <Panel
      title={t('classes.title')}
      action={
        <Anchor component={Link} to="/classes" size="sm">
          {t('classes.all')}
        </Anchor>
      }
    >
      {classes.isPending && <Skeleton h={22} w="60%" />}
      <ErrorAlert error={classes.error} onRetry={() => void classes.refetch()} />
      {without?.length === 0 && (
        <Text size="sm" c="dimmed">
          {classes.data?.length === 0 ? t('classes.empty') : t('classes.fine')}
        </Text>
      )}
      {without && without.length > 0 && (
        <Group gap="md" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {without.map(({ classId, title }) => (
            <li key={classId}>
              <Anchor component={Link} to={`/classes/${classId}`} fw={600}>
                {title}
              </Anchor>
            </li>
          ))}
        </Group>
      )}
    </Panel>
  );
}
