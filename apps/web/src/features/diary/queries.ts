import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';
import { addDays } from './week';

export const diaryKeys = {
  all: ['diary'] as const,
  of: (studentId: string) => ['diary', studentId] as const,
};

export const daysQuery = (studentId: string, from: string, to: string) => ({
  queryKey: [...diaryKeys.of(studentId), 'days', from, to] as const,
  queryFn: () =>
    bodyOf(
      api.GET('/api/v1/diary/{studentId}/days', { params: { path: { studentId }, query: { from, to } } }),
    ),
});

export const useWeek = (studentId: string, monday: string) =>
  useQuery(daysQuery(studentId, monday, addDays(monday, 6)));

/** Homework of the last holidays is still found. */
const EARLIER = 21;

/** The weeks before, once the week itself is there: what was given then may be due in it. */
export const useEarlier = (studentId: string, monday: string, enabled: boolean) =>
  useQuery({
    ...daysQuery(studentId, addDays(monday, -EARLIER), addDays(monday, -1)),
    enabled,
    staleTime: 5 * 60_000,
  });

const BEFORE = 14;
const AHEAD = 10;

/** Around today: for what is new, what was given, and for when. */
export const useAround = (studentId: string, today: string) =>
  useQuery(daysQuery(studentId, addDays(today, -BEFORE), addDays(today, AHEAD)));

/** Without a period the service takes the current one. */
export const useSubjectMarks = (studentId: string, periodId: string | null) =>
  useQuery({
    queryKey: [...diaryKeys.of(studentId), 'marks', periodId] as const,
    queryFn: () =>
      bodyOf(
        api.GET('/api/v1/diary/{studentId}/marks', {
          params: { path: { studentId }, query: periodId ? { periodId } : {} },
        }),
      ),
  });
