import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client';
import { bodyOf } from '../../../api/transport';

export const planKey = (groupId: string) => ['thematic-plan', groupId] as const;

export const usePlan = (groupId: string) =>
  useQuery({
    queryKey: planKey(groupId),
    queryFn: () =>
      bodyOf(api.GET('/api/v1/study-groups/{groupId}/thematic-plan', { params: { path: { groupId } } })),
  });
