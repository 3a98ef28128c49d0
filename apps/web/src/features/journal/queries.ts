import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';

export const journalKeys = {
  all: ['journal'] as const,
  day: (date: string) => ['journal', 'day', date] as const,
  lessons: ['journal', 'lesson'] as const,
  lesson: (lessonId: string) => ['journal', 'lesson', lessonId] as const,
  list: ['journal', 'list'] as const,
  pages: (groupId: string) => ['journal', 'page', groupId] as const,
  page: (groupId: string, from: string, to: string) => ['journal', 'page', groupId, from, to] as const,
};

/** Somebody else’s entries show up by `useLiveJournal`; this is for a line that is silent without being broken. */
const LIVE = { refetchInterval: 5 * 60_000 };

export const useLessonsOfDay = (date: string) =>
  useQuery({
    queryKey: journalKeys.day(date),
    queryFn: () => bodyOf(api.GET('/api/v1/journal/lessons', { params: { query: { date } } })),
    refetchInterval: 60_000,
  });

export const useLesson = (lessonId: string, enabled = true) =>
  useQuery({
    queryKey: journalKeys.lesson(lessonId),
    queryFn: () => bodyOf(api.GET('/api/v1/journal/lessons/{lessonId}', { params: { path: { lessonId } } })),
    enabled,
    ...LIVE,
  });

export const useJournals = () =>
  useQuery({
    queryKey: journalKeys.list,
    queryFn: async () => (await bodyOf(api.GET('/api/v1/journal/journals'))).journals,
    staleTime: 5 * 60_000,
  });

export const useJournalPage = (groupId: string, period: { startDate: string; endDate: string } | null) =>
  useQuery({
    queryKey: journalKeys.page(groupId, period?.startDate ?? '', period?.endDate ?? ''),
    queryFn: () =>
      bodyOf(
        api.GET('/api/v1/journal/journals/{groupId}/page', {
          params: { path: { groupId }, query: { from: period!.startDate, to: period!.endDate } },
        }),
      ),
    enabled: period !== null,
    placeholderData: keepPreviousData,
    ...LIVE,
  });

export const useWorkTypes = () =>
  useQuery({
    queryKey: ['journal', 'work-types'],
    queryFn: async () => (await bodyOf(api.GET('/api/v1/journal/work-types'))).workTypes,
    staleTime: 60 * 60_000,
  });

export const useSchoolYears = () =>
  useQuery({
    queryKey: ['school-year'],
    queryFn: () => bodyOf(api.GET('/api/v1/school-year')),
    staleTime: 60 * 60_000,
  });

export const useCellHistory = (lessonId: string, studentId: string, version: number) =>
  useQuery({
    queryKey: ['journal', 'history', lessonId, studentId, version],
    queryFn: () =>
      bodyOf(
        api.GET('/api/v1/journal/lessons/{lessonId}/students/{studentId}/history', {
          params: { path: { lessonId, studentId } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
