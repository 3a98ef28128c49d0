import { startTransition, useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { isSameSight, NOTHING, sightOf, type Sight, type View } from './columns';
import type { Position } from './cursor';

export const COLUMN = 44;
export const ROW = 32;
const HEAD = 84;
const AVERAGES = 128;

interface Options {
  rows: number;
  columns: number;
  cursor: Position;
}

/** Which part of the grid is drawn; brings the cell of the cursor clear of the sticky head and sides. */
export function useSight(frame: RefObject<HTMLElement | null>, { rows, columns, cursor }: Options) {
  const [sight, setSight] = useState<Sight>(NOTHING);
  // Kept from the last scroll or change of size: to ask the page for it at each key would make it lay out twice.
  const view = useRef<View>({ left: 0, top: 0, width: 0, height: 0 });

  const look = useCallback(
    (isFirst = false) => {
      const { current } = frame;
      if (!current) return;
      view.current = { ...view.current, left: current.scrollLeft, top: current.scrollTop };
      const show = (spare: number) => {
        const next = sightOf(view.current, { column: COLUMN, row: ROW, columns, rows }, spare);
        setSight((now) => (isSameSight(now, next) ? now : next));
      };
      // On opening what is in sight comes at once; the rest, as on scrolling, when there is time for it.
      if (isFirst) show(0);
      startTransition(() => show(1));
    },
    [frame, rows, columns],
  );

  const reveal = useCallback(
    ({ row, column }: Position) => {
      const { current } = frame;
      if (!current) return;
      const { left, top, width, height } = view.current;
      const x = column * COLUMN;
      const y = row * ROW;
      const to = {
        left: x < left ? x : x + COLUMN > left + width ? x + COLUMN - width : left,
        top: y < top ? y : y + ROW > top + height ? y + ROW - height + 1 : top,
      };
      if (to.left !== left || to.top !== top) current.scrollTo(to);
    },
    [frame],
  );

  const start = useRef(cursor);
  useLayoutEffect(() => {
    const measure = () => {
      const { current } = frame;
      if (!current) return;
      const name = parseFloat(getComputedStyle(current).getPropertyValue('--name'));
      view.current = {
        left: current.scrollLeft,
        top: current.scrollTop,
        width: current.clientWidth - name - AVERAGES,
        height: current.clientHeight - HEAD,
      };
    };
    measure();
    reveal(start.current);
    look(true);
    const observer = new ResizeObserver(() => {
      measure();
      look();
    });
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, [frame, look, reveal]);

  return { sight, reveal, onScroll: () => look() };
}
