import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';

export const mySessionsKey = ['my-sessions'] as const;

export const useMySessions = () =>
  useQuery({
    queryKey: mySessionsKey,
    queryFn: async () => (await bodyOf(api.GET('/api/v1/me/sessions'))).sessions,
  });
