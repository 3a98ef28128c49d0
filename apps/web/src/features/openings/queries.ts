import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';
import { useCommand } from '../../api/use-command';
import { useJournalChanges } from '../journal/live-journal';

interface Decision {
  isGranted: boolean;
  openUntil?: string;
  answer?: string | null;
}

const keys = { all: ['journal', 'openings'] as const };

/** Requests to open lessons; a new one shows up by itself. */
export function useOpenings() {
  const queries = useQueryClient();
  useJournalChanges(
    'school',
    useCallback(() => void queries.invalidateQueries({ queryKey: keys.all }), [queries]),
  );
  return useQuery({
    queryKey: keys.all,
    queryFn: () => bodyOf(api.GET('/api/v1/journal/opening-requests')),
    refetchInterval: 5 * 60_000,
  });
}

/** After an answer, or a collision, every page of the journal has to show what is true now. */
const useJournalAnew = () => {
  const queries = useQueryClient();
  return { onSettled: () => queries.invalidateQueries({ queryKey: ['journal'] }) };
};

export const useRequestOpening = (lessonId: string) =>
  useCommand(
    (reason: string, headers) =>
      bodyOf(
        api.POST('/api/v1/journal/lessons/{lessonId}/opening-requests', {
          params: { path: { lessonId } },
          body: { reason },
          headers,
        }),
      ),
    useJournalAnew(),
  );

export const useDecideOpening = (requestId: string) =>
  useCommand(
    (body: Decision, headers) =>
      bodyOf(
        api.POST('/api/v1/journal/opening-requests/{requestId}/decision', {
          params: { path: { requestId } },
          body,
          headers,
        }),
      ),
    useJournalAnew(),
  );
