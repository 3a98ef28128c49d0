import { useSyncExternalStore } from 'react';
import { recall, remember } from '../../session/storage';

interface Store<Value> {
  get(key: string): Value;
  set(key: string, value: Value): void;
  use(key: string): Value;
}

/** Small facts about the diary that this device keeps, shared by all parts of the page. */
export function deviceStore<Value>(prefix: string, empty: Value): Store<Value> {
  const known = new Map<string, Value>();
  const listeners = new Set<() => void>();
  const get = (key: string): Value => {
    if (!known.has(key)) known.set(key, parse(recall(`${prefix}.${key}`)) ?? empty);
    return known.get(key)!;
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const parse = (text: string | null): Value | null => {
    try {
      return text === null ? null : (JSON.parse(text) as Value);
    } catch {
      return null;
    }
  };
  return {
    get,
    set(key, value) {
      known.set(key, value);
      remember(`${prefix}.${key}`, JSON.stringify(value));
      for (const listener of listeners) listener();
    },
    use: (key) => useSyncExternalStore(subscribe, () => get(key)),
  };
}
