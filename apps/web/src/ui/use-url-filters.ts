import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** Filters of a list live in the address: a list can be bookmarked, sent to a colleague and come back to. */
export function useUrlFilters() {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (changes: Record<string, string | null>, { keepPage = false } = {}) => {
      setParams(
        (now) => {
          const next = new URLSearchParams(now);
          for (const [name, value] of Object.entries(changes)) {
            if (value) next.set(name, value);
            else next.delete(name);
          }
          if (!keepPage) next.delete('page');
          return next;
        },
        // Typing into a search field is not a row of steps to go back through.
        { replace: true, preventScrollReset: true },
      );
    },
    [setParams],
  );
  const oneOf = <Value extends string>(name: string, values: readonly Value[]): Value | undefined =>
    values.find((value) => value === params.get(name));
  const page = Math.max(1, Math.floor(Number(params.get('page')) || 1));
  return {
    params,
    set,
    oneOf,
    page,
    setPage: (to: number) => set({ page: to > 1 ? String(to) : null }, { keepPage: true }),
  };
}
