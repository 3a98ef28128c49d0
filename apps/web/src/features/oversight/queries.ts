import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';
import type { Schemas } from '../../api/types';
import { useCommand } from '../../api/use-command';
import { useJournalChanges } from '../journal/live-journal';

const keys = {
  missingAll: ['journal', 'missing'] as const,
  missing: (date: string) => ['journal', 'missing', date] as const,
  absences: (classId: string) => ['journal', 'absences', classId] as const,
};

export const useMissing = (date: string) =>
  useQuery({
    queryKey: keys.missing(date),
    queryFn: () =>
      bodyOf(api.GET('/api/v1/journal/missing', { params: { query: { date, withComing: true } } })),
    refetchInterval: 60_000,
  });

/** A lesson leaves the list as soon as its teacher has filled it in. */
export function useLiveMissing() {
  const queries = useQueryClient();
  useJournalChanges(
    'school',
    useCallback(() => void queries.invalidateQueries({ queryKey: keys.missingAll }), [queries]),
  );
}

export const useAbsences = (classId: string, from: string, to: string, enabled: boolean) =>
  useQuery({
    queryKey: [...keys.absences(classId), from, to],
    queryFn: async () =>
      (
        await bodyOf(
          api.GET('/api/v1/journal/classes/{classId}/absences', {
            params: { path: { classId }, query: { from, to } },
          }),
        )
      ).absences,
    enabled,
  });

export function useExplainAbsences(classId: string) {
  const queries = useQueryClient();
  return useCommand(
    (absences: Schemas['ExplainAbsence'][], headers) =>
      bodyOf(
        api.POST('/api/v1/journal/classes/{classId}/absences', {
          params: { path: { classId } },
          body: { absences },
          headers,
        }),
      ),
    // After a collision too: the list has to show what is there now.
    { onSettled: () => queries.invalidateQueries({ queryKey: keys.absences(classId) }) },
  );
}
