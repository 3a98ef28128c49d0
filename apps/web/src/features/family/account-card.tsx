import { Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorking } from '../../session/workspace';
import { useWorkspaceLabel } from '../../shell/workspace-label';
import { fullName } from '../../ui/names';
import classes from './family.module.css';

export function AccountCard() {
  const { t } = useTranslation('family');
  const { me, workspace } = useWorking();
  const facts: [string, string][] = [
    [t('name'), fullName(me.person)],
    [t('role'), useWorkspaceLabel()(workspace).roles],
    [t('login'), me.login],
  ];
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('account')}</Title>
      <Paper p="md">
        <dl className={classes.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <Text component="dt" size="sm" c="dimmed">
                {name}
              </Text>
              <Text component="dd" m={0}>
                {value}
              </Text>
            </div>
          ))}
        </dl>
      </Paper>
    </Stack>
  );
}
