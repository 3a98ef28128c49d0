import { useMemo } from 'react';
import { useWorking } from '../../session/workspace';
import { useUrlFilters } from '../../ui/use-url-filters';
import type { DeliveriesFilter } from './queries';

export const STATES = [
  'trouble',
  'waiting',
  'submitted',
  'delivered',
  'undelivered',
  'refused',
  'uncertain',
  'expired',
  'cancelled',
] as const;
const CHANNELS = ['email', 'sms'] as const;

/** The filter of the log as the address holds it. */
export function useDeliveriesFilter() {
  const { workspace } = useWorking();
  const { params, set, oneOf, page, setPage } = useUrlFilters();
  const q = params.get('q') ?? '';
  const from = params.get('from') ?? undefined;
  const to = params.get('to') ?? undefined;
  const state = oneOf('state', STATES);
  const channel = oneOf('channel', CHANNELS);
  const schoolId = workspace.school?.schoolId;
  const query = useMemo<DeliveriesFilter>(
    () => ({
      ...(schoolId && { schoolId }),
      ...(q && { q }),
      ...(from && { from }),
      ...(to && { to }),
      ...(state && { state }),
      ...(channel && { channel }),
      page,
    }),
    [schoolId, q, from, to, state, channel, page],
  );
  return {
    query,
    q,
    set,
    page,
    setPage,
    isNarrowed: Boolean(q || from || to || state || channel),
    reset: () => set({ q: null, from: null, to: null, state: null, channel: null }),
  };
}
