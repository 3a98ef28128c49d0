import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';

export const schoolsKey = ['schools'] as const;

export const useSchools = (enabled = true) =>
  useQuery({
    queryKey: schoolsKey,
    queryFn: async () => (await bodyOf(api.GET('/api/v1/schools'))).schools,
    select: (schools) => schools.toSorted((a, b) => a.name.localeCompare(b.name, 'ru', { numeric: true })),
    staleTime: 60_000,
    enabled,
  });
