import { Container, Stack, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { sessionState } from '../session/session';
import { useMeQuery, useWorking, WorkspaceProvider } from '../session/workspace';
import { ErrorAlert } from '../ui/error-alert';
import { SessionGate } from './gates';
import { IdleGuard } from './idle-guard';
import { Splash } from './splash';

const StaffFrame = lazy(() => import('./staff-frame'));
const FamilyFrame = lazy(() => import('./family-frame'));

export function Component() {
  return (
    <SessionGate>
      <KnownPerson />
    </SessionGate>
  );
}

function KnownPerson() {
  const { t } = useTranslation();
  const me = useMeQuery();
  const queries = useQueryClient();
  // What one person was shown must not wait in memory for the next one.
  useEffect(
    () => () => {
      if (sessionState().status !== 'signed-in') queries.clear();
    },
    [queries],
  );
  if (me.isPending) return <Splash />;
  if (!me.data) {
    return (
      <Container size={520} py="xl" component="main">
        <Stack>
          <Title order={1}>{t('notOpened')}</Title>
          <ErrorAlert error={me.error} onRetry={() => void me.refetch()} />
        </Stack>
      </Container>
    );
  }
  return (
    <WorkspaceProvider me={me.data}>
      <Frame />
      <IdleGuard />
    </WorkspaceProvider>
  );
}

function Frame() {
  const { workspace } = useWorking();
  const Shell = workspace.kind === 'family' ? FamilyFrame : StaffFrame;
  return (
    <Suspense fallback={<Splash />}>
      <Shell>
        {/* Another workspace is another place: nothing of the pages of the last one is carried over. */}
        <Suspense key={workspace.id} fallback={null}>
          <Outlet />
        </Suspense>
      </Shell>
    </Suspense>
  );
}
