import { registerHooks } from 'node:module';
import { join } from 'node:path';
import type { StartedTestServers } from './servers.js';

/**
 * Jest runs this once per invocation, however many projects name it. It is loaded outside of jest's own module system: jest
 * turns each TypeScript file into CommonJS as Node loads it, but Node resolves the imports, and knows neither `.js` for a
 * `.ts` file nor the condition under which workspace packages are their sources. Hence the hook, and nothing of ours
 * imported statically.
 */
export default async function startServers(globalConfig: { rootDir: string }): Promise<void> {
  const hook = registerHooks({
    resolve(specifier, context, nextResolve) {
      const withSources = { ...context, conditions: ['parta-source', ...context.conditions] };
      try {
        return nextResolve(specifier, withSources);
      } catch (error) {
        if (!/^\.{1,2}\/.*\.js$/.test(specifier)) throw error;
        return nextResolve(specifier.replace(/\.js$/, '.ts'), withSources);
      }
    },
  });
  try {
    const { startTestServers } = await import('./servers.js');
    const log = (line: string): void => void process.stderr.write(`${line}\n`);
    // Global, because the teardown, in the same process, is loaded apart from this module.
    const held = globalThis as Record<symbol, StartedTestServers | undefined>;
    held[Symbol.for('parta.test-servers')] = await startTestServers(
      join(globalConfig.rootDir, '.parta', 'cache'),
      log,
    );
  } finally {
    hook.deregister();
  }
}
