import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';
import type { Schemas } from '../../api/types';
import { useCommand } from '../../api/use-command';

export const SCOPES = ['roster.write', 'roster.read', 'roster.decide', 'timetable.write'] as const;
export type Scope = (typeof SCOPES)[number];
export type SystemRow = Schemas['ClientRow'];

export const systemsKey = ['systems'] as const;

export const useSystems = () =>
  useQuery({
    queryKey: systemsKey,
    queryFn: async () => (await bodyOf(api.GET('/api/v1/clients'))).clients,
  });

function useRefresh() {
  const queries = useQueryClient();
  return { onSettled: () => void queries.invalidateQueries({ queryKey: systemsKey }) };
}

export const useRegisterSystem = () =>
  useCommand(
    (body: { name: string; scopes: Scope[] }, headers) =>
      bodyOf(api.POST('/api/v1/clients', { body, headers })),
    useRefresh(),
  );

export const useSetSystemBlocked = () =>
  useCommand(
    ({ clientId, isBlocked }: { clientId: string; isBlocked: boolean }, headers) =>
      bodyOf(
        api.PUT('/api/v1/clients/{clientId}/blocked', {
          params: { path: { clientId } },
          body: { isBlocked },
          headers,
        }),
      ),
    useRefresh(),
  );
