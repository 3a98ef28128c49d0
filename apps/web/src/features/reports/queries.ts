import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { download } from '../../api/download';
import { bodyOf } from '../../api/transport';
import type { Schemas } from '../../api/types';
import { useCommand } from '../../api/use-command';

export type Report = Schemas['ReportView'];
export type ReportOrder = Schemas['OrderReport'];
export const REPORT_KINDS = ['class-subject-journal', 'class-progress'] as const;
export const PAGE_SIZE = 20;
const POLL_MS = 1000;

const reportKeys = {
  all: ['reports'] as const,
  list: (filter: ReportFilter) => ['reports', 'list', filter] as const,
  choices: ['reports', 'choices'] as const,
};

interface ReportFilter {
  mine: boolean;
  page: number;
}

export const isUnfinished = (state: Report['state']): boolean => state === 'queued' || state === 'running';

/** While something is being made its progress moves, so it is asked for again and again. */
export const useReports = ({ mine, page }: ReportFilter) =>
  useQuery({
    queryKey: reportKeys.list({ mine, page }),
    queryFn: () =>
      bodyOf(
        api.GET('/api/v1/reports', {
          params: { query: { page, pageSize: PAGE_SIZE, ...(mine && { mine }) } },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.reports.some((report) => isUnfinished(report.state)) ? POLL_MS : false,
  });

export const useReportChoices = () =>
  useQuery({
    queryKey: reportKeys.choices,
    queryFn: () => bodyOf(api.GET('/api/v1/report-choices')),
    staleTime: 5 * 60_000,
  });

function useRefresh() {
  const queries = useQueryClient();
  return { onSettled: () => queries.invalidateQueries({ queryKey: ['reports', 'list'] }) };
}

export const useOrderReport = () =>
  useCommand(
    (body: ReportOrder, headers) =>
      bodyOf(api.POST('/api/v1/reports', { body, params: { header: headers } })),
    useRefresh(),
  );

export const useCancelReport = () =>
  useCommand(
    (id: string, headers) =>
      bodyOf(api.POST('/api/v1/reports/{id}/cancellation', { params: { path: { id } }, headers })),
    useRefresh(),
  );

export const useDeleteReport = () =>
  useCommand(
    (id: string, headers) =>
      bodyOf(api.DELETE('/api/v1/reports/{id}', { params: { path: { id } }, headers })),
    useRefresh(),
  );

export const useDownloadReport = () =>
  useMutation({
    mutationFn: ({ id, fileName }: Report) =>
      download(`/api/v1/reports/${id}/file`, fileName ?? 'report.xlsx'),
    ...useRefresh(),
  });
