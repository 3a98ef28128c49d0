import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { operations } from '../../api/generated/schema';
import { bodyOf } from '../../api/transport';

export type PeopleFilter = NonNullable<operations['listPeople']['parameters']['query']>;

export const PAGE_SIZE = 50;

export const peopleKeys = {
  all: ['people'] as const,
  list: (filter: PeopleFilter) => ['people', 'list', filter] as const,
};

const list = (query: PeopleFilter) => bodyOf(api.GET('/api/v1/people', { params: { query } }));

export const usePeople = (filter: PeopleFilter, enabled = true) =>
  useQuery({
    queryKey: peopleKeys.list(filter),
    queryFn: () => list(filter),
    placeholderData: keepPreviousData,
    enabled,
  });

/** How many there are: the smallest page, for its total. */
export const usePeopleCount = (filter: PeopleFilter, enabled = true) =>
  useQuery({
    queryKey: peopleKeys.list({ ...filter, pageSize: 1 }),
    queryFn: () => list({ ...filter, pageSize: 1 }),
    select: ({ total }) => total,
    enabled,
  });

/** Who cannot sign in yet, by kind: all the numbers of the home page in one answer. */
export const useAccountCounts = () =>
  useQuery({
    queryKey: [...peopleKeys.all, 'counts'],
    queryFn: async () => (await bodyOf(api.GET('/api/v1/people/account-counts'))).counts,
  });

/** Everybody of a class who has neither an account nor a code yet. */
export const fetchNeverInvited = async (classId: string): Promise<string[]> =>
  (await list({ classId, account: 'none', pageSize: 200 })).people.map(({ personId }) => personId);
