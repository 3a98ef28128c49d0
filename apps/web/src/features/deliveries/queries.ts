import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';
import type { Schemas } from '../../api/types';
import { useCommand } from '../../api/use-command';

export type Delivery = Schemas['DeliveryRow'];
export type MessageState = Delivery['state'];
export type Consent = Schemas['ConsentRecord'];

export const PAGE_SIZE = 50;

export interface DeliveriesFilter {
  schoolId?: string;
  from?: string;
  to?: string;
  channel?: 'email' | 'sms';
  state?: 'trouble' | MessageState;
  q?: string;
  page: number;
}

export const useDeliveries = (query: DeliveriesFilter) =>
  useQuery({
    queryKey: ['deliveries', query],
    queryFn: () => bodyOf(api.GET('/api/v1/notifications/deliveries', { params: { query } })),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });

export function useResend() {
  const queries = useQueryClient();
  return useCommand(
    (messageId: string, headers) =>
      bodyOf(
        api.POST('/api/v1/notifications/deliveries/{messageId}/resend', {
          params: { path: { messageId } },
          headers,
        }),
      ),
    { onSettled: () => void queries.invalidateQueries({ queryKey: ['deliveries'] }) },
  );
}

export const useConsents = (query: { schoolId?: string; q?: string; page: number }) =>
  useQuery({
    queryKey: ['consents', query],
    queryFn: () => bodyOf(api.GET('/api/v1/notifications/consents', { params: { query } })),
    placeholderData: keepPreviousData,
  });
