import { useEffect, useSyncExternalStore } from 'react';

let count = 0;
const listeners = new Set<() => void>();

function add(by: number): void {
  count += by;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** A form with unsaved text holds the page. The router can have one blocker only, so the guard asks here. */
export function useHeldDraft(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    add(1);
    return () => add(-1);
  }, [isDirty]);
}

export const useHasDraft = (): boolean => useSyncExternalStore(subscribe, () => count > 0);
