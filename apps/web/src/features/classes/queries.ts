import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';

export const classKeys = {
  all: ['classes'] as const,
  one: (classId: string) => ['classes', classId] as const,
};

const byTitle = new Intl.Collator('ru', { numeric: true });

/** Classes in the order of a school: by parallel, then by letter; college groups after them. */
export const useClasses = (enabled = true) =>
  useQuery({
    queryKey: classKeys.all,
    queryFn: async () => (await bodyOf(api.GET('/api/v1/classes'))).classes,
    select: (classes) =>
      classes.toSorted(
        (a, b) => (a.gradeLevel ?? 99) - (b.gradeLevel ?? 99) || byTitle.compare(a.title, b.title),
      ),
    enabled,
  });

export const useClass = (classId: string) =>
  useQuery({
    queryKey: classKeys.one(classId),
    queryFn: () => bodyOf(api.GET('/api/v1/classes/{classId}', { params: { path: { classId } } })),
  });
