import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processStart } from '@parta/platform-embedded';

/**
 * Notes beside the data that this process runs on them, as the embedded servers do: `npm run reset` looks there, and an installation with
 * servers of its own has no other sign.
 * @returns removes the note
 */
export function noteRunning(dataDir: string): () => void {
  const file = join(dataDir, 'parta.owner.json');
  writeFileSync(file, JSON.stringify({ pid: process.pid, start: processStart(process.pid) ?? '' }));
  return () => rmSync(file, { force: true });
}
