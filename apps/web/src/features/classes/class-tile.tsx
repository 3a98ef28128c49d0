import { Group, Paper, Text } from '@mantine/core';
import { IconAlertTriangle, IconStar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/types';
import { ToneBadge } from '../../ui/tone-badge';
import classes from './class-tile.module.css';

export function ClassTile({ row, isOwn }: { row: Schemas['ClassRow']; isOwn: boolean }) {
  const { t } = useTranslation(['classes', 'common']);
  return (
    <Paper component={Link} to={`/classes/${row.classId}`} className={classes.tile}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Group gap="xs" wrap="nowrap" miw={0}>
          <Text fw={600} fz="lg" truncate>
            {row.title}
          </Text>
          {isOwn && (
            <ToneBadge tone="info" icon={<IconStar size={12} aria-hidden />}>
              {t('mine')}
            </ToneBadge>
          )}
        </Group>
        <Text size="sm" c="dimmed" className="parta-tabular" style={{ whiteSpace: 'nowrap' }}>
          {t('common:students', { count: row.students })}
        </Text>
      </Group>
      {row.homeroomTeachers.length > 0 ? (
        <Text size="sm" c="dimmed" truncate title={row.homeroomTeachers.join(', ')}>
          {row.homeroomTeachers.join(', ')}
        </Text>
      ) : (
        <Group gap={6} wrap="nowrap" c="var(--parta-warn-fg)">
          <IconAlertTriangle size={14} aria-hidden style={{ flexShrink: 0 }} />
          <Text size="sm" truncate>
            {t('noTeacher')}
          </Text>
        </Group>
      )}
    </Paper>
  );
}
