import { lazy, Suspense } from 'react';
import { useLocation } from 'react-router';
import { keysIn, UNSENT } from '../session/storage';
import { useWorking } from '../session/workspace';

const UnsentBar = lazy(() => import('../features/journal/entries/unsent-bar'));

/** The pages of the journal show the state of saving by themselves. */
const SAYS_IT_ITSELF = /^\/journal\/(?:lessons\/)?[^/]+$/;

/** What is unsent is seen and sent on every page. The code for it comes when there is something. */
export function Unsent() {
  const { me } = useWorking();
  const { pathname } = useLocation();
  if (SAYS_IT_ITSELF.test(pathname) || keysIn(`${UNSENT}${me.accountId}.`).length === 0) return null;
  return (
    <Suspense fallback={null}>
      <UnsentBar />
    </Suspense>
  );
}
