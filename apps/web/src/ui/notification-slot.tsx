import { useSyncExternalStore, type ReactNode } from 'react';

let host: ReactNode = null;
let changed: (() => void) | null = null;

export function mountHost(element: ReactNode): void {
  host = element;
  changed?.();
}

const subscribe = (listener: () => void) => {
  changed = listener;
  return () => {
    changed = null;
  };
};

/** Where notifications appear once there are any. */
export const NotificationSlot = () => useSyncExternalStore(subscribe, () => host);
