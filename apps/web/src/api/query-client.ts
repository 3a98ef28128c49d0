import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './error';

/** Only what may heal by itself is tried again; a refusal is shown at once. */
const retry = (failures: number, error: unknown): boolean =>
  error instanceof ApiError && error.isTransient && failures < 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry, staleTime: 15_000, networkMode: 'always' },
    // The same idempotency key goes with every attempt (see useCommand), so a repeat cannot do a thing twice.
    mutations: { retry, networkMode: 'always' },
  },
});
