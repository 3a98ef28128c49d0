import { useEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../../ui/notify';
import { useEntries } from '../entries/use-entries';
import { fromTable, toTable } from './cell-text';
import { paste } from './filling';
import type { SheetKeys } from './use-sheet-keys';

/** Ctrl+C and Ctrl+V of columns, from and to a spreadsheet, while the focus is in the grid. */
export function useClipboard(
  grid: RefObject<HTMLElement | null>,
  keys: SheetKeys,
  textAt: (position: { row: number; column: number }) => string,
) {
  const { t } = useTranslation('journal');
  const { sitting } = useEntries();
  const now = useRef({ keys, textAt, t });
  useEffect(() => {
    now.current = { keys, textAt, t };
  });
  useEffect(() => {
    const isOurs = () => grid.current?.contains(document.activeElement) ?? false;
    const onCopy = (event: ClipboardEvent) => {
      if (!isOurs() || !event.clipboardData) return;
      const { range } = now.current.keys;
      const rows: string[][] = [];
      for (let row = range.top; row <= range.bottom; row += 1) {
        const line: string[] = [];
        for (let column = range.left; column <= range.right; column += 1) {
          line.push(now.current.textAt({ row, column }));
        }
        rows.push(line);
      }
      event.clipboardData.setData('text/plain', toTable(rows));
      event.preventDefault();
    };
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain');
      if (!isOurs() || !text) return;
      event.preventDefault();
      const { range, selected, sheet } = now.current.keys;
      const done = paste(sheet, fromTable(text), { row: range.top, column: range.left }, selected);
      sitting.do(done.steps);
      const say = now.current.t;
      void notify(
        [
          say('page.pasted', { count: done.steps.length }),
          done.unreadable > 0 && say('page.unreadable', { count: done.unreadable }),
          done.closed > 0 && say('page.pastedClosed', { count: done.closed }),
        ]
          .filter(Boolean)
          .join(' '),
      );
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [grid, sitting]);
}
