import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';
import { useCommand } from '../../api/use-command';
import { fetchNeverInvited, peopleKeys } from '../people/queries';

export type InvitationScope = 'never' | 'all';

export function useInviteClass(classId: string) {
  const queries = useQueryClient();
  return useCommand(
    async (scope: InvitationScope, headers) =>
      bodyOf(
        api.POST('/api/v1/classes/{classId}/invitations', {
          params: { path: { classId } },
          body: scope === 'never' ? { personIds: await fetchNeverInvited(classId) } : {},
          headers,
        }),
      ),
    { onSettled: () => void queries.invalidateQueries({ queryKey: peopleKeys.all }) },
  );
}
