import { useCallback, useState } from 'react';
import { recall, remember } from '../../../session/storage';

export interface GridSettings {
  after: 'down' | 'right';
  /**
   * Two digits in quick succession are two marks of one cell. Off unless asked for: whoever types a column fast would put
   * two pupils' marks into one cell; «/» adds a second mark at any time.
   */
  twoDigits: boolean;
}

/** How this browser’s teacher likes to type. */
export function useGridSettings(): [GridSettings, (change: Partial<GridSettings>) => void] {
  const [settings, setSettings] = useState<GridSettings>(() => ({
    after: recall('journal.after') === 'right' ? 'right' : 'down',
    twoDigits: recall('journal.two-digits') === 'yes',
  }));
  const change = useCallback((part: Partial<GridSettings>) => {
    setSettings((settings) => ({ ...settings, ...part }));
    if (part.after !== undefined) remember('journal.after', part.after);
    if (part.twoDigits !== undefined) remember('journal.two-digits', part.twoDigits ? 'yes' : 'no');
  }, []);
  return [settings, change];
}
