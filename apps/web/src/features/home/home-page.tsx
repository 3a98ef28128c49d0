import { lazy, Suspense, type ComponentType } from 'react';
import { loadTexts, type Namespace } from '../../i18n/i18n';
import { useWorking } from '../../session/workspace';

const home = (load: () => Promise<{ Component: ComponentType }>, ...namespaces: Namespace[]) =>
  lazy(async () => {
    const [module] = await Promise.all([load(), loadTexts(namespaces)]);
    return { default: module.Component };
  });

const HOMES = {
  family: home(() => import('../family/family-home'), 'family'),
  staff: home(() => import('./staff-home'), 'home', 'people', 'journal', 'oversight'),
  region: home(() => import('./region-home'), 'home', 'exchange'),
};

/** Each kind of workspace opens on what it needs now. */
export function Component() {
  const { workspace } = useWorking();
  const Home = HOMES[workspace.kind];
  return (
    <Suspense fallback={null}>
      <Home />
    </Suspense>
  );
}
