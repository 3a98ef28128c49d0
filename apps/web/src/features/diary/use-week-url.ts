import { useRef, type TouchEvent } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { swipeOf } from './swipe';
import { addDays, mondayOf, weekIn } from './week';

/** The week in the address, and a swipe that turns it over. */
export function useWeekUrl(today: string) {
  const [params, setParams] = useSearchParams();
  const { state } = useLocation();
  const monday = weekIn(params.get('week'), today);
  const start = useRef<{ x: number; y: number } | null>(null);

  const choose = (date: string) => {
    const week = mondayOf(date);
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        if (week === mondayOf(today)) next.delete('week');
        else next.set('week', week);
        return next;
      },
      { replace: true, preventScrollReset: true, state },
    );
  };
  const swipe = {
    onTouchStart: ({ touches }: TouchEvent) => {
      const touch = touches[0];
      start.current = touches.length === 1 && touch ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const touch = changedTouches[0];
      const from = start.current;
      start.current = null;
      if (!touch || !from) return;
      const turn = swipeOf(from, { x: touch.clientX, y: touch.clientY });
      if (turn !== 0) choose(addDays(monday, turn * 7));
    },
  };
  return { monday, choose, swipe };
}
