import { Avatar, Group, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconDevices, IconKey, IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { signOut } from '../session/session';
import { useWorking } from '../session/workspace';
import { fullName, initials, shortName } from '../ui/names';
import { usePhone } from '../ui/use-phone';
import { LanguageItems, ThemeItems } from './preferences';
import { useWorkspaceLabel } from './workspace-label';

export function AccountMenu() {
  const { t } = useTranslation(['account', 'common']);
  const { me, workspace, workspaces, choose } = useWorking();
  const label = useWorkspaceLabel();
  const navigate = useNavigate();
  const isPhone = usePhone();
  return (
    <Menu width={300}>
      <Menu.Target>
        <UnstyledButton p={4} mih={44}>
          <Group gap="xs" wrap="nowrap">
            <Avatar size={32} color="ink" variant="filled" aria-hidden>
              {initials(me.person)}
            </Avatar>
            <VisuallyHidden>{t('menu')}</VisuallyHidden>
            {isPhone ? (
              <VisuallyHidden>{shortName(me.person)}</VisuallyHidden>
            ) : (
              <>
                <Text size="sm" maw={240} truncate>
                  {shortName(me.person)}
                </Text>
                <IconChevronDown size={16} aria-hidden />
              </>
            )}
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah="calc(100dvh - 80px)" style={{ overflowY: 'auto' }}>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" lineClamp={3}>
            {fullName(me.person)}
          </Text>
          <Text size="xs">{label(workspace).roles}</Text>
          <Text size="xs">{me.login}</Text>
        </Menu.Label>
        {workspaces.length > 1 && (
          <>
            <Menu.Divider />
            <Menu.Label>{t('workspaces')}</Menu.Label>
            <Menu.RadioGroup
              value={workspace.id}
              onChange={(id) => {
                choose(id);
                void navigate('/');
              }}
            >
              {workspaces.map((place) => (
                <Menu.RadioItem key={place.id} value={place.id} closeMenuOnClick>
                  <Text size="sm">{label(place).place}</Text>
                  <Text size="xs">{label(place).roles}</Text>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </>
        )}
        <Menu.Divider />
        <Menu.Item
          component={Link}
          to="/account/sessions"
          leftSection={<IconDevices size={16} aria-hidden />}
        >
          {t('mySessions')}
        </Menu.Item>
        <Menu.Item component={Link} to="/account/password" leftSection={<IconKey size={16} aria-hidden />}>
          {t('changePassword')}
        </Menu.Item>
        {isPhone && (
          <>
            <Menu.Divider />
            <Menu.Label>{t('common:language.label')}</Menu.Label>
            <LanguageItems />
            <Menu.Label>{t('common:theme.label')}</Menu.Label>
            <ThemeItems />
          </>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
