import { lazy, Suspense, useEffect } from 'react';
import { useIdleCountdown } from '../session/idle';

const load = () => import('./idle-dialog');
const IdleDialog = lazy(load);
const LOAD_LATER_MS = 20_000;

/** The countdown before an unattended screen is signed out (R214). */
export function IdleGuard() {
  const { secondsLeft, stay } = useIdleCountdown();
  // The dialog waits out of the way of the first page, but must be here before the network may be gone.
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), LOAD_LATER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Suspense fallback={null}>
      {secondsLeft !== null && <IdleDialog secondsLeft={secondsLeft} onStay={stay} />}
    </Suspense>
  );
}
