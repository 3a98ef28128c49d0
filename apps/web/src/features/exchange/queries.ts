import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';
import type { RosterState } from '../../api/types';

export const ROSTER_STATES = ['queued', 'running', 'validated', 'applied', 'parked', 'refused'] as const;
export const PAGE_SIZE = 20;
const POLL_MS = 2000;

export const rosterKeys = {
  all: ['rosters'] as const,
  list: (filter: RosterFilter) => ['rosters', 'list', filter] as const,
  one: (id: string) => ['rosters', 'one', id] as const,
};

export interface RosterFilter {
  state?: RosterState;
  page?: number;
  pageSize?: number;
}

export const isRunning = (state: RosterState): boolean => state === 'queued' || state === 'running';

/** While something runs the numbers move, so they are asked for again and again. */
export const useRosterJobs = (filter: RosterFilter) =>
  useQuery({
    queryKey: rosterKeys.list(filter),
    queryFn: () => bodyOf(api.GET('/api/exchange/v1/rosters', { params: { query: filter } })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.jobs.some((job) => isRunning(job.state)) ? POLL_MS : false),
  });

export const useRosterJob = (id: string) =>
  useQuery({
    queryKey: rosterKeys.one(id),
    queryFn: () => bodyOf(api.GET('/api/exchange/v1/rosters/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data.state) ? POLL_MS : false),
  });
