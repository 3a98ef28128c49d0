import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedServerError } from './embedded-server-error.js';
import { readPid, serverOf, takeFolder, type StopStep } from './ownership.js';
import { loopback, portTaken, requireFreePort } from './ports.js';
import {
  postgresAccount,
  postgresBinaries,
  underAccount,
  type PostgresAccount,
  type PostgresBinaries,
} from './postgres-account.js';
import { availableMemory, memorySettings } from './postgres-memory.js';
import { pidIsTaken } from './process-table.js';
import { ServerProcess } from './server-process.js';
import type { EmbeddedServer, EmbeddedServerOptions } from './server.js';

export interface EmbeddedPostgresOptions extends EmbeddedServerOptions {
  /** The cluster; created on the first start. A file `<dataDir>.owner.json` beside it says who runs it. */
  dataDir: string;
  /** Of the superuser `postgres`, given to the cluster when it is created. */
  password: string;
  /** Server settings over the ones here. `fsync: 'off'` is for data that may be lost. */
  settings?: Record<string, string> | undefined;
}

/** fsync and synchronous_commit stay on. */
const defaultSettings: Record<string, string> = {
  max_connections: '200',
  wal_level: 'replica',
  min_wal_size: '80MB',
  checkpoint_timeout: '15min',
  // Compiling the queries of a screen takes longer than running them.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

/** SIGINT is the fast shutdown: transactions are rolled back, a checkpoint is written. SIGQUIT leaves recovery to the next start. */
const stopSteps: readonly [StopStep, ...StopStep[]] = [
  { signal: 'SIGINT', graceMs: 20_000 },
  { signal: 'SIGQUIT', graceMs: 5_000 },
  { signal: 'SIGKILL', graceMs: 5_000 },
];

/** Not the caller's: PGDATA, PGPORT, LC_ALL and their like would change what the server does. */
const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' });

/**
 * Starts PostgreSQL on 127.0.0.1, creating the cluster (UTF-8, Russian order of letters through ICU, checksums) when
 * the folder does not have one, and recovering it when the last server on it was killed. The server ends with this
 * process, however that ends; what a process that is gone has left running on the folder is stopped first.
 * @returns `url` is the superuser's, of the database `postgres`
 * @throws EmbeddedServerError `embedded.port-taken`, `embedded.already-running`, `embedded.data-dir-unusable`,
 * `embedded.password-mismatch`, `embedded.start-failed`, `embedded.postgres-missing`
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedServer> {
  const { port, password, settings = {}, log = () => undefined, startTimeoutMs = 120_000 } = options;
  const dataDir = resolve(options.dataDir);
  const pidFile = join(dataDir, 'postmaster.pid');
  const letGo = await takeFolder(dataDir, 'PostgreSQL', () => serverOf(dataDir, pidFile), stopSteps, log);
  try {
    await requireFreePort(port, 'PostgreSQL');
    const binaries = await postgresBinaries();
    const account = await postgresAccount(binaries, dataDir, log);
    if (!(await isCluster(dataDir))) {
      await createCluster(binaries, account, dataDir, password, settings['fsync'] === 'off', log);
    }
    const url = `postgres://postgres:${encodeURIComponent(password)}@${loopback}:${port}/postgres`;
    const server = await startServer(binaries, account, url, dataDir, pidFile, {
      ...options,
      log,
      startTimeoutMs,
    });
    return {
      url,
      port,
      pid: server.pid as number,
      stop: async () => {
        await server.stop();
        await letGo();
      },
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}

async function isCluster(dataDir: string): Promise<boolean> {
  let entries: string[];
  try {
    entries = await readdir(dataDir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw new EmbeddedServerError(
      'embedded.data-dir-unusable',
      `The data folder ${dataDir} cannot be read.`,
      {
        cause: error,
      },
    );
  }
  if (entries.includes('PG_VERSION')) return true;
  if (entries.length === 0) return false;
  throw new EmbeddedServerError(
    'embedded.data-dir-unusable',
    `The folder ${dataDir} is not empty and holds no PostgreSQL cluster; choose another one.`,
  );
}

/** In a folder beside, renamed when it is complete: a cluster half made before a power cut would be taken for a whole one. */
async function createCluster(
  binaries: PostgresBinaries,
  account: PostgresAccount,
  dataDir: string,
  password: string,
  noSync: boolean,
  log: (line: string) => void,
): Promise<void> {
  const draft = `${dataDir}.initialising`;
  const passwordFile = `${dataDir}.initialising.password`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (process.getuid?.() === 0) {
      const { uid, gid } = ownerFor(account);
      await chown(draft, uid, gid);
      await chown(passwordFile, uid, gid);
    }
    const args = [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      // Through ICU "ё" stands beside "е" and capitals beside small letters; byte order puts Ёлкин after Яшин.
      '--locale-provider=icu',
      '--icu-locale=ru-RU',
      ...(noSync ? ['--no-sync'] : []),
    ];
    // Character classes for what does not ask ICU; not every system has this locale.
    let result = await runInitdb(binaries, account, [...args, '--lc-ctype=C.UTF-8'], log);
    if (result.code !== 0 && result.output.includes('invalid locale')) {
      result = await runInitdb(binaries, account, args, log);
    }
    if (result.code !== 0) {
      throw new EmbeddedServerError(
        'embedded.start-failed',
        `PostgreSQL could not create its cluster in ${dataDir}:\n${result.output.trim()}`,
      );
    }
    await chmod(draft, 0o700);
    await rename(draft, dataDir);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

function ownerFor(account: PostgresAccount): { uid: number; gid: number } {
  if (account.uid !== undefined && account.gid !== undefined) return { uid: account.uid, gid: account.gid };
  const number = (option: string): number =>
    Number.parseInt(account.prefix.find((word) => word.startsWith(option))?.slice(option.length) ?? '', 10);
  return { uid: number('--reuid='), gid: number('--regid=') };
}

function runInitdb(
  binaries: PostgresBinaries,
  account: PostgresAccount,
  initdbArgs: readonly string[],
  log: (line: string) => void,
): Promise<{ code: number | null; output: string }> {
  const [program, args] = underAccount(account, binaries.initdb, initdbArgs);
  const { uid, gid } = account;
  return new Promise((resolvePromise, reject) => {
    const child = spawn(program, args, {
      cwd: '/',
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(uid !== undefined && { uid, gid }),
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) log('Created a new PostgreSQL cluster');
      resolvePromise({ code, output });
    });
  });
}

async function startServer(
  binaries: PostgresBinaries,
  account: PostgresAccount,
  url: string,
  dataDir: string,
  pidFile: string,
  options: EmbeddedPostgresOptions & { log: (line: string) => void; startTimeoutMs: number },
): Promise<ServerProcess> {
  const { port, log, startTimeoutMs, onUnexpectedExit } = options;
  const settings: Record<string, string> = {
    ...defaultSettings,
    ...memorySettings(availableMemory()),
    ...options.settings,
    port: String(port),
    listen_addresses: loopback,
    // A socket in /tmp would have a lock of its own to go stale.
    unix_socket_directories: '',
    log_destination: 'stderr',
    logging_collector: 'off',
  };
  const [program, args] = underAccount(account, binaries.postgres, [
    '-D',
    dataDir,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const retryUntil = performance.now() + 15_000;
  for (;;) {
    await disarmPidFile(pidFile);
    const { uid, gid } = account;
    const server: ServerProcess = new ServerProcess({
      what: 'PostgreSQL',
      program,
      args,
      env: environment(),
      ...(uid !== undefined && { uid, gid }),
      stopSteps,
      log: (line) => {
        log(line);
        // SIGTERM from outside: it would wait for clients, who keep their connections, and let no new ones in.
        if (line.includes('received smart shutdown request')) process.kill(server.pid!, stopSteps[0].signal);
      },
      onUnexpectedExit,
    });
    try {
      await server.untilReady(() => answersFrom(url, dataDir), startTimeoutMs);
      await refreshCollations(url, log);
      return server;
    } catch (error) {
      await server.stop();
      const said = server.lastLines.join('\n');
      // After kill -9 of the server its workers need a moment to notice, and hold the shared memory until then.
      if (said.includes('pre-existing shared memory block') && performance.now() < retryUntil) {
        await delay(100);
        continue;
      }
      if (said.includes('could not bind') && said.includes('in use')) throw portTaken(port, 'PostgreSQL');
      throw error;
    }
  }
}

/**
 * After kill -9 or a power cut the file postmaster.pid stays, and its pid may since belong to a stranger, or to a
 * zombie; PostgreSQL then refuses to start, for in containers pids repeat. Deleting the file would also remove the
 * check for workers that still live, so only the pid is replaced: by ours, which PostgreSQL ignores, being its parent.
 */
async function disarmPidFile(pidFile: string): Promise<void> {
  const pid = await readPid(pidFile);
  if (pid === undefined || !pidIsTaken(pid)) return;
  const lines = (await readFile(pidFile, 'utf8')).split('\n');
  await writeFile(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'));
}

/** @throws while the server does not answer, and EmbeddedServerError once it never will */
async function answersFrom(url: string, dataDir: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(
      `select current_setting('data_directory') as folder`,
    );
    if (rows[0]?.folder !== dataDir) throw new Error(`the server on this port serves ${rows[0]?.folder}`);
  } catch (error) {
    // 28P01: invalid_password
    if ((error as { code?: string }).code === '28P01') {
      throw new EmbeddedServerError(
        'embedded.password-mismatch',
        `The PostgreSQL cluster in ${dataDir} was created with another password.`,
      );
    }
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * A new ICU, coming with new binaries, may order letters differently, and indexes made under the old order then miss
 * rows; PostgreSQL only warns. Such databases are reindexed once.
 */
async function refreshCollations(url: string, log: (line: string) => void): Promise<void> {
  const stale = await query<{ name: string }>(
    url,
    `select datname as name from pg_database
     where datallowconn and datcollversion is distinct from pg_database_collation_actual_version(oid)`,
  );
  for (const { name } of stale) {
    log(`The order of letters has changed with the new binaries; reindexing the database ${name}`);
    const database = new URL(url);
    database.pathname = `/${encodeURIComponent(name)}`;
    const quoted = pg.escapeIdentifier(name);
    await query(database.href, `reindex database ${quoted}`);
    await query(database.href, `alter database ${quoted} refresh collation version`);
    const collations = await query<{ name: string }>(
      database.href,
      `select oid::regcollation::text as name from pg_collation
       where collversion <> pg_collation_actual_version(oid)`,
    );
    for (const collation of collations) {
      await query(database.href, `alter collation ${collation.name} refresh version`);
    }
  }
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
