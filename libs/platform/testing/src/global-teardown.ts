import type { StartedTestServers } from './servers.js';

/** Stops what global-setup started. */
export default async function stopServers(): Promise<void> {
  const held = globalThis as Record<symbol, StartedTestServers | undefined>;
  await held[Symbol.for('parta.test-servers')]?.stop();
}
