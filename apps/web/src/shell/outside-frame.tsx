import { Box, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from './logo';
import classes from './outside-frame.module.css';
import { Preferences } from './preferences';

/** Pages before sign-in: one card on a sheet of squared paper. */
export function OutsideFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Box className={classes.sheet}>
      <Group component="header" justify="space-between" className={classes.bar} wrap="nowrap">
        <Group gap="sm" wrap="nowrap">
          <Logo size={36} />
          <div>
            <Text fw={700} fz="lg" lh={1.2}>
              {t('appName')}
            </Text>
            <Text size="xs" c="dimmed" lh={1.3}>
              {t('appLine')}
            </Text>
          </div>
        </Group>
        <Group gap={4} wrap="nowrap">
          <Preferences />
        </Group>
      </Group>
      <main className={classes.middle}>
        <Paper className={classes.card} shadow="sm">
          <Stack gap="md">{children}</Stack>
        </Paper>
      </main>
    </Box>
  );
}
