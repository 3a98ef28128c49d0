import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';
import { useCommand } from '../../api/use-command';
import { rosterKeys } from './queries';

export type Decision = 'apply' | 'refuse';

export function useDecide(id: string) {
  const queries = useQueryClient();
  return useCommand(
    (body: { decision: Decision; reason: string }, headers) =>
      bodyOf(api.POST('/api/exchange/v1/rosters/{id}/decision', { params: { path: { id } }, body, headers })),
    { onSettled: () => void queries.invalidateQueries({ queryKey: rosterKeys.all }) },
  );
}
