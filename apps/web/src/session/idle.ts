import { useEffect, useState } from 'react';
import { refreshSession, signOut, tokenIsOld } from './session';
import { recall, remember } from './storage';

/** R214: a screen that was left must not stay open. */
const IDLE_MS = 30 * 60_000;
export const COUNTDOWN_S = 60;
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

const lastSign = (): number => Number(recall('activity')) || 0;
const alive = (): void => remember('activity', String(Date.now()));

/**
 * Seconds left before the sign-out, or null while somebody is there. The last sign of life is kept in the storage of
 * the browser, so that work in one tab keeps the others open, and all tabs count down together.
 */
export function useIdleCountdown(): { secondsLeft: number | null; stay(): void } {
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);

  useEffect(() => {
    alive();
    let counting = false;
    let lastWritten = 0;
    const onSign = () => {
      // During the countdown only the answer to the dialog counts; a cat on the keyboard is not a teacher.
      if (counting || Date.now() - lastWritten < 5000) return;
      lastWritten = Date.now();
      alive();
      if (tokenIsOld()) void refreshSession().catch(() => undefined);
    };
    const check = () => {
      // A laptop that slept past the limit is signed out at once when it wakes.
      const left = Math.ceil((lastSign() + IDLE_MS + COUNTDOWN_S * 1000 - Date.now()) / 1000);
      counting = left <= COUNTDOWN_S;
      setSecondsLeft(counting ? Math.max(0, left) : null);
      if (left <= 0) void signOut('idle');
    };
    for (const name of SIGNS_OF_LIFE) window.addEventListener(name, onSign, { passive: true, capture: true });
    window.addEventListener('storage', check);
    document.addEventListener('visibilitychange', check);
    const timer = setInterval(check, 1000);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', check);
      window.removeEventListener('storage', check);
      for (const name of SIGNS_OF_LIFE) window.removeEventListener(name, onSign, { capture: true });
    };
  }, []);

  return {
    secondsLeft,
    stay: () => {
      alive();
      setSecondsLeft(null);
      void refreshSession().catch(() => undefined);
    },
  };
}
