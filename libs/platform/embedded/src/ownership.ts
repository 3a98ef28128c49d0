import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedServerError } from './embedded-server-error.js';
import { commandLine, isRunning, processStart } from './process-table.js';

/**
 * Who runs the server of a folder. The record lies beside the folder, because the folder of a database does not exist
 * before it is initialised, and it lets the next start tell an orphan (stop it) from somebody's living server (leave it).
 */
interface OwnerRecord {
  pid: number;
  start: string;
}

const recordOf = (folder: string): string => `${folder}.owner.json`;

async function readOwner(folder: string): Promise<OwnerRecord | undefined> {
  try {
    return JSON.parse(await readFile(recordOf(folder), 'utf8')) as OwnerRecord;
  } catch {
    // Missing, or torn by a power cut: either way nobody can be named.
    return undefined;
  }
}

/** The pid in a server's own pid file, if that process is running and the folder is one of its arguments. */
export async function serverOf(folder: string, pidFile: string): Promise<number | undefined> {
  const pid = await readPid(pidFile);
  if (pid === undefined || !isRunning(pid)) return undefined;
  return ` ${commandLine(pid)} `.includes(` ${folder} `) ? pid : undefined;
}

/** The number in the first line of a pid file, or undefined. */
export async function readPid(pidFile: string): Promise<number | undefined> {
  try {
    const pid = Number.parseInt((await readFile(pidFile, 'utf8')).split('\n')[0] ?? '', 10);
    return pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Sends each signal in turn until the process, which need not be a child, is gone. */
export async function stopStranger(pid: number, steps: readonly StopStep[]): Promise<void> {
  for (const { signal, graceMs } of steps) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    const deadline = performance.now() + graceMs;
    while (performance.now() < deadline) {
      if (!isRunning(pid)) return;
      await delay(25);
    }
  }
  if (isRunning(pid)) {
    throw new EmbeddedServerError(
      'embedded.already-running',
      `Process ${pid}, left over from before, does not stop.`,
    );
  }
}

/** How a server is stopped: the signal, and for how long (milliseconds) it may take before the next one is sent. */
export interface StopStep {
  signal: NodeJS.Signals;
  graceMs: number;
}

/**
 * Takes the folder for this process; a server left on it by a process that is gone is stopped first.
 * @returns lets the folder go again
 * @throws EmbeddedServerError `embedded.already-running` when a living process has it
 */
export async function takeFolder(
  folder: string,
  what: string,
  findServer: () => Promise<number | undefined>,
  stopSteps: readonly StopStep[],
  log: (line: string) => void,
): Promise<() => Promise<void>> {
  await mkdir(dirname(folder), { recursive: true });
  const server = await findServer();
  const owner = await readOwner(folder);
  const ownerLives = owner !== undefined && processStart(owner.pid) === owner.start;
  if (ownerLives && (owner.pid !== process.pid || server !== undefined)) {
    throw new EmbeddedServerError(
      'embedded.already-running',
      `${what} on ${folder} is already run by process ${owner.pid}; stop that one first.`,
    );
  }
  if (server !== undefined) {
    log(`${what} (process ${server}) was left running on ${folder} by a process that is gone; stopping it`);
    await stopStranger(server, stopSteps);
  }
  await rm(recordOf(folder), { force: true });
  const record: OwnerRecord = { pid: process.pid, start: processStart(process.pid) ?? '' };
  try {
    // Exclusive creation decides between two processes that start at the same moment.
    await writeFile(recordOf(folder), JSON.stringify(record), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new EmbeddedServerError(
      'embedded.already-running',
      `${what} on ${folder} is being started by another process.`,
    );
  }
  return () => rm(recordOf(folder), { force: true });
}
