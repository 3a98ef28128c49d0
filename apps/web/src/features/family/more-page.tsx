import {
  Paper,
  SegmentedControl,
  Stack,
  Text,
  Title,
  UnstyledButton,
  useMantineColorScheme,
  type MantineColorScheme,
} from '@mantine/core';
import { IconBell, IconChevronRight, IconDevices, IconKey, IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { chooseLanguage, LANGUAGES, type Language } from '../../i18n/i18n';
import { useMay } from '../../session/workspace';
import { signOut } from '../../session/session';
import { Page } from '../../ui/page';
import { AccountCard } from './account-card';
import { WorkspaceSwitch } from './workspace-switch';
import classes from './family.module.css';

export function Component() {
  const { t, i18n } = useTranslation(['family', 'common']);
  const mayNotify = useMay('notify');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Page title={t('more')}>
      <Stack gap="lg">
        <AccountCard />
        <WorkspaceSwitch />
        <Paper style={{ overflow: 'hidden' }}>
          {mayNotify && (
            <Link to="/account/notifications" className={classes.row}>
              <IconBell size={22} stroke={1.75} aria-hidden />
              <span>
                {t('notifications')}
                <Text size="sm" c="dimmed" component="span" display="block">
                  {t('notificationsHint')}
                </Text>
              </span>
              <IconChevronRight size={18} aria-hidden />
            </Link>
          )}
          <Link to="/account/sessions" className={classes.row}>
            <IconDevices size={22} stroke={1.75} aria-hidden />
            <span>
              {t('sessions')}
              <Text size="sm" c="dimmed" component="span" display="block">
                {t('sessionsHint')}
              </Text>
            </span>
            <IconChevronRight size={18} aria-hidden />
          </Link>
          <Link to="/account/password" className={classes.row}>
            <IconKey size={22} stroke={1.75} aria-hidden />
            <span>{t('password')}</span>
            <IconChevronRight size={18} aria-hidden />
          </Link>
          <UnstyledButton className={classes.row} onClick={() => void signOut()}>
            <IconLogout size={22} stroke={1.75} aria-hidden />
            <span>{t('signOut')}</span>
          </UnstyledButton>
        </Paper>
        <Stack gap="sm" component="section">
          <Title order={2}>{t('settings')}</Title>
          <Paper p="md">
            <Stack gap="md">
              <div>
                <Text size="sm" c="dimmed" mb={6} id="more-theme">
                  {t('common:theme.label')}
                </Text>
                <SegmentedControl
                  fullWidth
                  aria-labelledby="more-theme"
                  value={colorScheme}
                  onChange={(value) => setColorScheme(value as MantineColorScheme)}
                  data={(['light', 'dark', 'auto'] as const).map((value) => ({
                    value,
                    label: t(`common:theme.${value}`),
                  }))}
                />
              </div>
              <div>
                <Text size="sm" c="dimmed" mb={6} id="more-language">
                  {t('common:language.label')}
                </Text>
                <SegmentedControl
                  fullWidth
                  aria-labelledby="more-language"
                  value={i18n.language}
                  onChange={(value) => void chooseLanguage(value as Language)}
                  data={LANGUAGES.map((value) => ({ value, label: t(`common:language.${value}`) }))}
                />
              </div>
            </Stack>
          </Paper>
        </Stack>
      </Stack>
    </Page>
  );
}
