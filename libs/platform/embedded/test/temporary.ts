import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { EmbeddedNatsOptions, EmbeddedPostgresOptions } from '../src/index.js';

/** A folder for one test, which the account of PostgreSQL can enter. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'parta-embedded-'));
  await chmod(path, 0o711);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export interface Parent {
  process: ChildProcess;
  pids: { postgres?: number; nats?: number };
  ended: Promise<unknown>;
}

/** Another Node process that runs the servers. */
export async function startParent(options: {
  postgres?: Omit<EmbeddedPostgresOptions, 'log'>;
  nats?: Omit<EmbeddedNatsOptions, 'log'>;
  then?: 'exit' | 'throw';
}): Promise<Parent> {
  const program = fileURLToPath(new URL('./parent.mjs', import.meta.url));
  // jest's own NODE_OPTIONS and V8 switches are not for it.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  const ended = once(child, 'close');
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const [first] = await Promise.race([
    line,
    ended.then(() => {
      throw new Error(`The parent ended before it was ready: ${complaint}`);
    }),
  ]);
  ended.catch(() => undefined);
  return { process: child, pids: JSON.parse(first) as Parent['pids'], ended };
}
