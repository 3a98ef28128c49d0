import { useMemo } from 'react';
import { useWorking } from '../../session/workspace';
import { useUrlFilters } from '../../ui/use-url-filters';
import { useSchools } from '../schools/queries';
import { PAGE_SIZE, type PeopleFilter } from './queries';

const KINDS = ['staff', 'student', 'guardian'] as const;
const ACCOUNTS = ['none', 'invited', 'active', 'blocked'] as const;
const SORTS = ['name', 'class', 'account'] as const;

/** The filter of the people list as the address holds it. */
export function usePeopleFilter() {
  const { workspace } = useWorking();
  const isRegion = workspace.kind === 'region';
  const schools = useSchools(isRegion);
  const { params, set, oneOf, page, setPage } = useUrlFilters();
  const q = params.get('q') ?? '';
  const kind = oneOf('kind', KINDS);
  const account = oneOf('account', ACCOUNTS);
  const sort = oneOf('sort', SORTS);
  const classId = params.get('class') ?? undefined;
  const schoolId = isRegion ? (params.get('school') ?? undefined) : undefined;
  const query = useMemo<PeopleFilter>(
    () => ({
      ...(q && { q }),
      ...(kind && { kind }),
      ...(account && { account }),
      ...(sort && { sort }),
      ...(classId && { classId }),
      ...(schoolId && { schoolId }),
      page,
      pageSize: PAGE_SIZE,
    }),
    [q, kind, account, sort, classId, schoolId, page],
  );
  return {
    query,
    q,
    page,
    set,
    setPage,
    isRegion,
    schools,
    schoolName: schools.data?.find((school) => school.schoolId === schoolId)?.name,
    isNarrowed: Boolean(q || kind || account || classId),
    reset: () => set({ q: null, kind: null, account: null, class: null }),
  };
}

export type PeopleFilterState = ReturnType<typeof usePeopleFilter>;
