import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What the system knows of a process, read without `ps` on Linux: slim container images do not have it.
 * A zombie counts as not running: where process 1 does not reap, a killed server keeps its pid for ever.
 */
function linuxStartTime(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  let boot = '';
  try {
    boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Without it two boots can only be told apart by the tick of the start, which is good enough.
  }
  return `${boot}:${fields[19]}`;
}

function ps(pid: number, column: string): string | undefined {
  const result = spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  return result.status === 0 ? result.stdout.trim() || undefined : undefined;
}

/** A text that is the same for the whole life of a process and differs for a later one with the same pid; undefined when it is not running. */
export function processStart(pid: number): string | undefined {
  if (process.platform === 'linux') return linuxStartTime(pid);
  const state = ps(pid, 'state');
  return state === undefined || state.startsWith('Z') ? undefined : ps(pid, 'lstart');
}

export function isRunning(pid: number): boolean {
  return processStart(pid) !== undefined;
}

/** The command line of a running process, or undefined. */
export function commandLine(pid: number): string | undefined {
  if (process.platform !== 'linux') return ps(pid, 'command');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Whether the pid is in use in the eyes of kill(2), which is what PostgreSQL asks: true for zombies and for strangers. */
export function pidIsTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
