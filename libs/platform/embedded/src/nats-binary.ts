import { spawn } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { EmbeddedServerError } from './embedded-server-error.js';

export type NatsServerProgram =
  { kind: 'binary'; path: string; from: 'path' | 'cache' | 'package' } | { kind: 'docker'; image: string };

export interface FindNatsServerOptions {
  /** Folders searched first, as in PATH; PATH and the system's own program folders unless given. */
  searchPath?: string | undefined;
  /** Whether the distribution's package may be downloaded; yes unless given. */
  download?: boolean | undefined;
  log?: ((line: string) => void) | undefined;
}

export const natsImage = 'nats:2';

/** The oldest release whose JetStream this product is tested with. */
const oldest = [2, 9] as const;

/** Debian installs the server where the PATH of an ordinary user does not look. */
const systemFolders = ['/usr/local/bin', '/usr/local/sbin', '/usr/sbin', '/usr/bin', '/opt/homebrew/bin'];

/**
 * A nats-server that runs on this machine: the installed one, else the one in `cacheDir`, else the distribution's package
 * (Debian, Ubuntu and theirs, any architecture) unpacked into `cacheDir` without root, else the Docker image where an
 * engine answers.
 * @throws EmbeddedServerError `embedded.nats-missing`, which says what to install
 */
export async function findNatsServer(
  cacheDir: string,
  options: FindNatsServerOptions = {},
): Promise<NatsServerProgram> {
  const { log = () => undefined, download = true } = options;
  const searchPath = options.searchPath ?? [process.env['PATH'], ...systemFolders].join(delimiter);
  for (const folder of searchPath.split(delimiter)) {
    const path = join(folder, 'nats-server');
    if (folder !== '' && (await runs(path, log))) return { kind: 'binary', path, from: 'path' };
  }
  const cached = join(resolve(cacheDir), 'nats-server');
  if (await runs(cached, log)) return { kind: 'binary', path: cached, from: 'cache' };
  if (download && (await unpackPackage(resolve(cacheDir), cached, log)) && (await runs(cached, log))) {
    return { kind: 'binary', path: cached, from: 'package' };
  }
  if ((await run('docker', ['version', '--format', '{{.Server.Version}}'], 10_000)).code === 0) {
    return { kind: 'docker', image: natsImage };
  }
  throw new EmbeddedServerError(
    'embedded.nats-missing',
    'There is no nats-server: install version 2.9 or newer (package "nats-server", or https://github.com/nats-io/nats-server/releases), or start Docker, or set NATS_URL to a running server.',
  );
}

/** Asked of the program itself: a file may be for another architecture, or lack a library. */
async function runs(path: string, log: (line: string) => void): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
  } catch {
    return false;
  }
  const { code, output } = await run(path, ['--version'], 10_000);
  const version = /v(\d+)\.(\d+)\./.exec(output);
  if (code !== 0 || !version) {
    log(`${path} does not run on this machine`);
    return false;
  }
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return true;
  log(`${path} is version ${major}.${minor}, older than ${oldest.join('.')}`);
  return false;
}

/** Leaves the program at `target`. False where there is no apt, no network or no such package. */
async function unpackPackage(
  cacheDir: string,
  target: string,
  log: (line: string) => void,
): Promise<boolean> {
  if (process.platform !== 'linux' || (await run('dpkg', ['--version'], 10_000)).code !== 0) return false;
  log('Fetching the nats-server package of this distribution; this happens once');
  await mkdir(cacheDir, { recursive: true });
  const work = await mkdtemp(join(cacheDir, 'apt-'));
  try {
    const [lists, cache, unpacked] = [join(work, 'lists'), join(work, 'cache'), join(work, 'unpacked')];
    await mkdir(join(lists, 'partial'), { recursive: true });
    await mkdir(join(cache, 'archives', 'partial'), { recursive: true });
    const own = ['-o', `Dir::Cache=${cache}`, '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User='];
    const ownLists = [...own, '-o', `Dir::State::Lists=${lists}`, '-o', 'Acquire::Languages=none'];
    const fetch = async (options: readonly string[]): Promise<string | undefined> => {
      await run('apt-get', [...options, 'download', 'nats-server'], 180_000, work);
      return (await readdir(work)).find((name) => name.endsWith('.deb'));
    };
    // With the system's lists, if they are there and not too old, else with fresh ones of our own. A foreign source that
    // does not answer fails the update although the distribution's own lists have come, so its result is not asked.
    let archive = await fetch(own);
    if (!archive) {
      await run('apt-get', [...ownLists, 'update'], 300_000, work);
      archive = await fetch(ownLists);
    }
    if (!archive) return false;
    if ((await run('dpkg', ['-x', join(work, archive), unpacked], 60_000)).code !== 0) return false;
    for (const folder of ['usr/sbin', 'usr/bin']) {
      // Renamed into place: another process may be looking at the same moment.
      const moved = await rename(join(unpacked, folder, 'nats-server'), target).then(
        () => true,
        () => false,
      );
      if (moved) return true;
    }
    return false;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Runs a program to its end; a program that does not exist or takes longer than `timeoutMs` counts as failed. */
export function run(
  program: string,
  args: readonly string[],
  timeoutMs: number,
  cwd = '/',
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolvePromise) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // Not spawn's own timeout: its timer runs on when the program does not exist, and holds the process open.
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const finish = (code: number | null): void => {
      clearTimeout(timer);
      resolvePromise({ code, output });
    };
    child.once('error', () => finish(null));
    child.once('close', finish);
  });
}
