import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from './yardstick.js';

/** The yardstick as a process. */
export interface Bare {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

export async function startBare(folder: string, content: Content): Promise<Bare> {
  const file = join(folder, 'yardstick.json');
  writeFileSync(file, JSON.stringify(content));
  const child = spawn(process.execPath, [join(import.meta.dirname, 'yardstick.js'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = String((await once(child.stdout, 'data'))[0]).trim();
  return {
    url,
    pid: child.pid!,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}
