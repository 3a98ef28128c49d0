import { ActionIcon, AppShell, Burger, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { recall, remember } from '../session/storage';
import { useWorking } from '../session/workspace';
import { usePhone } from '../ui/use-phone';
import { AccountMenu } from './account-menu';
import { areasOf } from './areas';
import classes from './frame.module.css';
import { Logo } from './logo';
import { Preferences } from './preferences';
import { Unsent } from './unsent';
import { useWorkspaceLabel } from './workspace-label';

export default function StaffFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { workspace } = useWorking();
  const label = useWorkspaceLabel();
  const isPhone = usePhone();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const [isNarrow, setNarrow] = useState(() => recall('nav') === 'narrow');
  const fold = () => {
    remember('nav', isNarrow ? 'wide' : 'narrow');
    setNarrow(!isNarrow);
  };
  const iconsOnly = isNarrow && !isPhone;
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: iconsOnly ? 64 : 248, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'lg' }}
    >
      <AppShell.Header>
        <a href="#main" className="parta-skip-link">
          {t('skipToContent')}
        </a>
        <div className={classes.bar}>
          <Burger
            opened={isOpen}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            w={44}
            h={44}
            aria-label={isOpen ? t('nav.close') : t('nav.open')}
            aria-expanded={isOpen}
          />
          <Logo />
          <Text className={classes.place} fw={600} size="sm" lineClamp={isPhone ? 2 : 1} lh={1.25}>
            {label(workspace).place}
          </Text>
          {!isPhone && <Preferences />}
          <AccountMenu />
        </div>
      </AppShell.Header>
      <AppShell.Navbar p={8} aria-label={t('nav.label')}>
        <AppShell.Section grow style={{ overflowY: 'auto' }}>
          <ul className={classes.list}>
            {areasOf(workspace).map(({ path, name, Icon }) => (
              <li key={path}>
                <Tooltip label={t(`area.${name}`)} position="right" disabled={!iconsOnly}>
                  <NavLink to={path} end={path === '/'} className={classes.link!} onClick={close}>
                    <Icon size={20} stroke={1.75} aria-hidden />
                    {iconsOnly ? <VisuallyHidden>{t(`area.${name}`)}</VisuallyHidden> : t(`area.${name}`)}
                  </NavLink>
                </Tooltip>
              </li>
            ))}
          </ul>
        </AppShell.Section>
        <AppShell.Section visibleFrom="sm">
          <Tooltip label={isNarrow ? t('nav.unfold') : t('nav.fold')} position="right">
            <ActionIcon
              variant="subtle"
              color="gray"
              c="dimmed"
              size="lg"
              mx={6}
              onClick={fold}
              aria-label={isNarrow ? t('nav.unfold') : t('nav.fold')}
            >
              {isNarrow ? (
                <IconLayoutSidebarLeftExpand size={20} aria-hidden />
              ) : (
                <IconLayoutSidebarLeftCollapse size={20} aria-hidden />
              )}
            </ActionIcon>
          </Tooltip>
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="main" className={classes.main}>
        <Unsent />
        {children}
      </AppShell.Main>
    </AppShell>
  );
}
