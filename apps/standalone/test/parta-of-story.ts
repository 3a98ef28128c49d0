import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunningParta, type DemoAccount } from './running-parta.js';

/** Parta with the demo in it, as the story needs it. */
export interface PartaOfStory {
  url: string;
  /** the page «what families received» */
  inboxUrl: string;
  account(role: string): DemoAccount;
  received: RunningParta['received'];
  stop(): Promise<unknown>;
  remove(): void;
}

/**
 * Parta as it starts on this machine, or the installation that `tools/compose-story.mjs` has made: PARTA_STORY_URL,
 * PARTA_STORY_RECEIVERS_URL and PARTA_STORY_DATA_DIR say where.
 */
export async function partaOfStory(timeoutMs: number): Promise<PartaOfStory> {
  const {
    PARTA_STORY_URL: url,
    PARTA_STORY_RECEIVERS_URL: inboxUrl,
    PARTA_STORY_DATA_DIR: dataDir,
  } = process.env;
  if (!url || !inboxUrl || !dataDir) {
    const parta = await RunningParta.prepare();
    await parta.start(timeoutMs, { PARTA_DEMO_HISTORY_DAYS: '1' });
    return parta;
  }
  const { accounts } = JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8')) as {
    accounts: DemoAccount[];
  };
  return {
    url,
    inboxUrl,
    account: (role) => accounts.find((account) => account.role === role)!,
    received: async (to) => {
      const answer = await fetch(`${inboxUrl}/received?to=${encodeURIComponent(to)}`);
      return (await answer.json()) as never;
    },
    stop: () => Promise.resolve(),
    remove: () => undefined,
  };
}
