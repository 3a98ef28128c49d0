import { createContext, useContext } from 'react';
import type { Mark } from './types';

export interface Live {
  isInterrupted: boolean;
  /** marks that came while the page was open, as `id@time` */
  fresh: ReadonlySet<string>;
}

export const LiveContext = createContext<Live>({ isInterrupted: false, fresh: new Set() });

export const freshKey = ({ markId, recordedAt }: Mark): string => `${markId}@${recordedAt}`;

/** Whether this mark has only just come. */
export const useFresh = (mark: Mark): boolean => useContext(LiveContext).fresh.has(freshKey(mark));
