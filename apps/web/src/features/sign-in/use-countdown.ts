import { useEffect, useState } from 'react';

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** Counts by the clock, not by ticks: a sleeping phone ticks rarely. */
export function useCountdown() {
  const [until, setUntil] = useState<{ from: number; at: number } | null>(null);
  const [now, setNow] = useState(() => Date.now());
  const secondsLeft = until ? Math.max(0, Math.ceil((until.at - now) / 1000)) : 0;
  const isRunning = secondsLeft > 0;

  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [isRunning]);

  return {
    secondsLeft,
    wasStarted: until !== null,
    text: clock(secondsLeft),
    firstText: clock(until?.from ?? 0),
    start(seconds: number) {
      setNow(Date.now());
      setUntil({ from: seconds, at: Date.now() + seconds * 1000 });
    },
  };
}
