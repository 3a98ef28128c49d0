import { AppShell, Avatar, Container, Text, VisuallyHidden } from '@mantine/core';
import { IconCalendarCheck, IconDots, IconListNumbers, IconNotebook } from '@tabler/icons-react';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useCurrentChild } from '../features/diary/children';
import { LiveDiary } from '../features/diary/live-diary';
import { LiveSign } from '../features/diary/live-sign';
import { useWorking } from '../session/workspace';
import { initials } from '../ui/names';
import { usePhone } from '../ui/use-phone';
import classes from './frame.module.css';
import { Logo } from './logo';

const FamilyAccount = lazy(() => import('./family-account'));

interface Tab {
  path: string;
  name: 'today' | 'diary' | 'marks' | 'more';
  Icon: typeof IconDots;
  isCurrent: boolean;
}

const MARKS = /^\/diary\/[^/]+\/marks$/;

/** The diary and the marks are those of the child one last looked at. */
function useTabs(): Tab[] {
  const { pathname } = useLocation();
  const child = useCurrentChild();
  const diary = child ? `/diary/${child.studentId}` : '/diary';
  const isMarks = MARKS.test(pathname);
  const tabs: Tab[] = [
    { path: '/', name: 'today', Icon: IconCalendarCheck, isCurrent: pathname === '/' },
    {
      path: diary,
      name: 'diary',
      Icon: IconNotebook,
      isCurrent: pathname.startsWith('/diary') && !isMarks,
    },
    ...(child
      ? [{ path: `${diary}/marks`, name: 'marks' as const, Icon: IconListNumbers, isCurrent: isMarks }]
      : []),
    { path: '/more', name: 'more', Icon: IconDots, isCurrent: pathname === '/more' },
  ];
  return tabs;
}

export default function FamilyFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { me } = useWorking();
  const isPhone = usePhone();
  const tabs = useTabs();
  const place = me.schools.length === 1 ? me.schools[0]!.name : t('workspace.family');
  return (
    <LiveDiary>
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
            <LiveSign />
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
              {tabs.map(({ path, name, Icon, isCurrent }) => (
                <li key={name}>
                  <Link to={path} className={classes.link} aria-current={isCurrent ? 'page' : undefined}>
                    <Icon size={20} stroke={1.75} aria-hidden />
                    {t(`area.${name}`)}
                  </Link>
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
              {tabs.map(({ path, name, Icon, isCurrent }) => (
                <li key={name}>
                  <Link to={path} className={classes.tab} aria-current={isCurrent ? 'page' : undefined}>
                    <Icon size={22} stroke={1.75} aria-hidden />
                    {t(`area.${name}`)}
                  </Link>
                </li>
              ))}
            </ul>
          </AppShell.Footer>
        )}
      </AppShell>
    </LiveDiary>
  );
}
