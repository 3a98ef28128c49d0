import { AppShell, Avatar, Container, Text, VisuallyHidden } from '@mantine/core';
import { IconCalendarCheck, IconDots } from '@tabler/icons-react';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import { useWorking } from '../session/workspace';
import { initials } from '../ui/names';
import { usePhone } from '../ui/use-phone';
import classes from './frame.module.css';
import { Logo } from './logo';

const FamilyAccount = lazy(() => import('./family-account'));

const TABS = [
  { path: '/', name: 'today', Icon: IconCalendarCheck },
  { path: '/more', name: 'more', Icon: IconDots },
] as const;

export default function FamilyFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { me } = useWorking();
  const isPhone = usePhone();
  const place = me.schools.length === 1 ? me.schools[0]!.name : t('workspace.family');
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: true } }}
      footer={{ height: 'calc(56px + env(safe-area-inset-bottom))', collapsed: !isPhone }}
      padding={{ base: 'md', sm: 'lg' }}
    >
      <AppShell.Header>
        <a href="#main" className="parta-skip-link">
          {t('skipToContent')}
        </a>
        <div className={classes.bar}>
          <Logo />
          <Text className={classes.place} fw={600} size="sm" lineClamp={isPhone ? 2 : 1} lh={1.25}>
            {place}
          </Text>
          {isPhone ? (
            <Link to="/more" className={classes.avatar}>
              <Avatar size={32} color="ink" variant="filled" aria-hidden>
                {initials(me.person)}
              </Avatar>
              <VisuallyHidden>{t('area.more')}</VisuallyHidden>
            </Link>
          ) : (
            <Suspense fallback={null}>
              <FamilyAccount />
            </Suspense>
          )}
        </div>
      </AppShell.Header>
      {!isPhone && (
        <AppShell.Navbar p={8} aria-label={t('nav.label')}>
          <ul className={classes.list}>
            {TABS.map(({ path, name, Icon }) => (
              <li key={path}>
                <NavLink to={path} end={path === '/'} className={classes.link!}>
                  <Icon size={20} stroke={1.75} aria-hidden />
                  {t(`area.${name}`)}
                </NavLink>
              </li>
            ))}
          </ul>
        </AppShell.Navbar>
      )}
      <AppShell.Main id="main" className={classes.main}>
        <Container size={880} p={0}>
          {children}
        </Container>
      </AppShell.Main>
      {isPhone && (
        <AppShell.Footer component="nav" aria-label={t('nav.label')}>
          <ul className={classes.tabs}>
            {TABS.map(({ path, name, Icon }) => (
              <li key={path}>
                <NavLink to={path} end={path === '/'} className={classes.tab!}>
                  <Icon size={22} stroke={1.75} aria-hidden />
                  {t(`area.${name}`)}
                </NavLink>
              </li>
            ))}
          </ul>
        </AppShell.Footer>
      )}
    </AppShell>
  );
}
