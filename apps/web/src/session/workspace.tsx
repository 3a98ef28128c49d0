import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { api, setSchoolHeader } from '../api/client';
import { bodyOf } from '../api/transport';
import type { Me } from '../api/types';
import { TimeZoneContext } from '../i18n/use-formats';
import { may, workspacesOf, type Right, type Workspace } from './roles';
import { recall, remember } from './storage';

export const meQuery = {
  queryKey: ['me'] as const,
  queryFn: () => bodyOf(api.GET('/api/v1/me')),
  staleTime: 5 * 60_000,
};

export const useMeQuery = () => useQuery(meQuery);

interface Working {
  me: Me;
  workspace: Workspace;
  workspaces: Workspace[];
  choose(id: string): void;
}

const WorkspaceContext = createContext<Working | null>(null);

/** An account all of whose grants have ended still has a person behind it. */
const NOWHERE: Workspace = { id: 'none', kind: 'family', school: null, roles: [], grants: [] };

export function WorkspaceProvider({ me, children }: { me: Me; children: ReactNode }) {
  const queries = useQueryClient();
  const workspaces = useMemo(() => workspacesOf(me), [me]);
  const [chosen, setChosen] = useState(() => recall(`workspace.${me.accountId}`));
  const workspace = workspaces.find(({ id }) => id === chosen) ?? workspaces[0] ?? NOWHERE;

  // Set while rendering, not in an effect: the effects of the pages below run first, and they already ask.
  setSchoolHeader(me.schools.length > 1 ? (workspace.school?.schoolId ?? null) : null);

  const value = useMemo<Working>(
    () => ({
      me,
      workspace,
      workspaces,
      choose(id) {
        remember(`workspace.${me.accountId}`, id);
        queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
        setChosen(id);
      },
    }),
    [me, workspace, workspaces, queries],
  );
  const zone = workspace.school?.timeZone ?? (me.schools.length === 1 ? me.schools[0]?.timeZone : undefined);
  return (
    <WorkspaceContext value={value}>
      <TimeZoneContext value={zone}>{children}</TimeZoneContext>
    </WorkspaceContext>
  );
}

export function useWorking(): Working {
  const working = useContext(WorkspaceContext);
  if (!working) throw new Error('useWorking outside of WorkspaceProvider');
  return working;
}

export function useMay(right: Right): boolean {
  return may(useWorking().workspace, right);
}
