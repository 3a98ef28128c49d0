import { Button, Center, Container, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation } from 'react-router';
import { restoreSession, type SessionState } from '../session/session';
import { useSession } from '../session/use-session';
import { ErrorAlert } from '../ui/error-alert';
import { Splash } from './splash';

interface From {
  from?: string;
}

/** While the session is being restored, or cannot be. */
export function sessionPending(session: SessionState): ReactNode | null {
  if (session.status === 'restoring') return <Splash />;
  if (session.status === 'unreachable') return <Unreachable error={session.error} />;
  return null;
}

function Unreachable({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <Container size={520} h="100dvh" component="main">
      <Center h="100%">
        <Stack w="100%">
          <title>{t('appName')}</title>
          <Title order={1}>{t('unreachable.title')}</Title>
          <ErrorAlert error={error} />
          <Button onClick={() => void restoreSession(true)}>{t('retry')}</Button>
        </Stack>
      </Center>
    </Container>
  );
}

/** Sign-in: whoever is signed in already goes where they wanted to. */
export function GuestGate() {
  const session = useSession();
  const { from } = (useLocation().state as From | null) ?? {};
  return (
    sessionPending(session) ??
    (session.status === 'signed-in' ? (
      <Navigate to={session.mustChangePassword ? '/first-password' : (from ?? '/')} replace />
    ) : (
      <Outlet />
    ))
  );
}

/** An invitation may be opened by somebody signed in as another person; the page says so. */
export function InvitationGate() {
  return sessionPending(useSession()) ?? <Outlet />;
}

export function PasswordGate() {
  const session = useSession();
  if (session.status === 'signed-out') return <Navigate to="/sign-in" replace />;
  if (session.status === 'signed-in' && !session.mustChangePassword) return <Navigate to="/" replace />;
  return sessionPending(session) ?? <Outlet />;
}

export function SessionGate({ children }: { children: ReactNode }) {
  const session = useSession();
  const location = useLocation();
  const pending = sessionPending(session);
  if (pending) return pending;
  if (session.status === 'signed-out') {
    // After leaving on purpose the next person must not land on the page of the last one.
    const from = session.reason === 'left' ? undefined : location.pathname + location.search;
    return <Navigate to="/sign-in" replace state={{ from } satisfies From} />;
  }
  if (session.status === 'signed-in' && session.mustChangePassword) {
    return <Navigate to="/first-password" replace />;
  }
  return children;
}
