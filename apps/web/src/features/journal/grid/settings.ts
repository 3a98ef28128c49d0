import { useState } from 'react';
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
  return [
    settings,
    (change) => {
      const next = { ...settings, ...change };
      remember('journal.after', next.after);
      remember('journal.two-digits', next.twoDigits ? 'yes' : 'no');
      setSettings(next);
    },
  ];
}
