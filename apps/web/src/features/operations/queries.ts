import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';
import type { Schemas } from '../../api/types';
import { useCommand } from '../../api/use-command';

export type ParkedFact = Schemas['ParkedFactView'];

const parkedFactsKey = ['operations', 'parked-facts'] as const;

export const useParkedFacts = () =>
  useQuery({
    queryKey: parkedFactsKey,
    queryFn: () => bodyOf(api.GET('/api/v1/operations/parked-facts')),
  });

export function useDiscard() {
  const queries = useQueryClient();
  return useCommand(
    (body: Schemas['DiscardParkedFact'], headers) =>
      bodyOf(api.POST('/api/v1/operations/parked-facts/discard', { body, headers })),
    { onSettled: () => void queries.invalidateQueries({ queryKey: parkedFactsKey }) },
  );
}

export function useRedrive() {
  const queries = useQueryClient();
  return useCommand(
    (body: Schemas['RedriveParkedFact'], headers) =>
      bodyOf(api.POST('/api/v1/operations/parked-facts/redrive', { body, headers })),
    { onSettled: () => void queries.invalidateQueries({ queryKey: parkedFactsKey }) },
  );
}
