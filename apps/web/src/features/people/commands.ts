import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { PersonRow, Role, Schemas } from '../../api/types';
import { bodyOf } from '../../api/transport';
import { useCommand } from '../../api/use-command';
import type { STAFF_ROLES } from '../../session/roles';
import { peopleKeys } from './queries';

export type StaffRole = (typeof STAFF_ROLES)[number] & Role;

/** After any of these the list tells something new. */
function useListRefresh() {
  const queries = useQueryClient();
  return { onSettled: () => void queries.invalidateQueries({ queryKey: peopleKeys.all }) };
}

export const useCreateAccount = () =>
  useCommand(
    (
      { personId, login }: { personId: string; login?: string },
      headers,
    ): Promise<Schemas['AccountCredentials']> =>
      bodyOf(
        api.POST('/api/v1/people/{personId}/account', {
          params: { path: { personId } },
          body: login ? { login } : {},
          headers,
        }),
      ),
    useListRefresh(),
  );

export const useResetPassword = () =>
  useCommand(
    (accountId: string, headers): Promise<Schemas['AccountCredentials']> =>
      bodyOf(
        api.POST('/api/v1/accounts/{accountId}/password-reset', { params: { path: { accountId } }, headers }),
      ),
    useListRefresh(),
  );

export const useInvitePerson = () =>
  useCommand(
    ({ personId, schoolId }: PersonRow, headers): Promise<Schemas['IssuedInvitations']> =>
      bodyOf(
        api.POST('/api/v1/people/{personId}/invitation', {
          params: { path: { personId } },
          body: { schoolId },
          headers,
        }),
      ),
    useListRefresh(),
  );

export const useSetBlocked = () =>
  useCommand(
    ({ accountId, ...body }: { accountId: string; isBlocked: boolean; reason: string }, headers) =>
      bodyOf(
        api.PUT('/api/v1/accounts/{accountId}/blocked', { params: { path: { accountId } }, body, headers }),
      ),
    useListRefresh(),
  );

export const useGiveRole = () =>
  useCommand(
    (
      {
        personId,
        ...body
      }: {
        personId: string;
        schoolId: string;
        role: StaffRole;
        orderNumber: string | null;
        orderDate: string | null;
      },
      headers,
    ) =>
      bodyOf(api.POST('/api/v1/people/{personId}/grants', { params: { path: { personId } }, body, headers })),
    useListRefresh(),
  );

export const useTakeRoleBack = () =>
  useCommand(
    (path: { personId: string; grantId: string }, headers) =>
      bodyOf(api.DELETE('/api/v1/people/{personId}/grants/{grantId}', { params: { path }, headers })),
    useListRefresh(),
  );
