import { Button, Divider, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ErrorAlert } from '../../ui/error-alert';
import { useClasses } from '../classes/queries';
import { usePeopleCount } from '../people/queries';
import { Panel } from './panel';

interface OwnClass {
  classId: string;
  title: string;
}

export function OwnClassesPanel({ classes }: { classes: OwnClass[] }) {
  const { t } = useTranslation(['home', 'common']);
  return (
    <Panel title={classes.length > 1 ? t('own.titleMany') : t('own.title')}>
      {classes.map((own, at) => (
        <Fragment key={own.classId}>
          {at > 0 && <Divider />}
          <OwnClass {...own} />
        </Fragment>
      ))}
    </Panel>
  );
}

function OwnClass({ classId, title }: OwnClass) {
  const { t } = useTranslation(['home', 'common']);
  const row = useClasses().data?.find((known) => known.classId === classId);
  const missing = usePeopleCount({ classId, account: 'none' });
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="baseline">
        <Text fw={600} fz="lg">
          {title}
        </Text>
        <Text size="sm" c="dimmed" mih={22}>
          {row && t('common:students', { count: row.students })}
        </Text>
      </Group>
      {missing.isPending && <Skeleton h={22} w="70%" />}
      <ErrorAlert error={missing.error} onRetry={() => void missing.refetch()} />
      {missing.data !== undefined && (
        <Text size="sm" c={missing.data === 0 ? 'dimmed' : undefined}>
          {missing.data === 0 ? t('own.fine') : t('own.none', { count: missing.data })}
        </Text>
      )}
      <Group gap="xs">
        <Button component={Link} to={`/classes/${classId}`} variant="default">
          {t('own.open')}
        </Button>
        {missing.data !== undefined && missing.data > 0 && (
          <Button
            component={Link}
            to={`/classes/${classId}/invitations`}
            leftSection={<IconPrinter size={16} aria-hidden />}
          >
            {t('own.invite')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
