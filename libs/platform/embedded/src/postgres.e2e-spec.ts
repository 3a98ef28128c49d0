import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { eventually } from '../test/eventually.js';
import { startParent, temporaryFolder } from '../test/temporary.js';
import {
  freePort,
  startEmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type EmbeddedServer,
} from './index.js';
import { postgresAccount, postgresBinaries, underAccount } from './postgres-account.js';
import { isRunning } from './process-table.js';

jest.setTimeout(120_000);

const password = 'п@роль /1';

/** A cluster made once; making one is most of what a test of a later start would do. */
let model: Awaited<ReturnType<typeof temporaryFolder>>;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let options: EmbeddedPostgresOptions;
let started: EmbeddedServer[];
let lines: string[];

beforeAll(async () => {
  model = await temporaryFolder();
  options = {
    dataDir: join(model.path, 'postgres'),
    port: await freePort(),
    password,
    settings: { fsync: 'off' },
  };
  const server = await startEmbeddedPostgres(options);
  await server.stop();
});

afterAll(() => model.remove());

beforeEach(async () => {
  folder = await temporaryFolder();
  started = [];
  lines = [];
  options = {
    dataDir: join(folder.path, 'postgres'),
    port: await freePort(),
    password,
    settings: { fsync: 'off' },
    log: (line) => lines.push(line),
  };
});

afterEach(async () => {
  for (const server of started) await server.stop();
  await folder.remove();
});

/** Gives the test a cluster that exists already, owned as it was: fs.cp would hand it to root. */
async function existingCluster(): Promise<void> {
  await promisify(execFile)('cp', ['-a', join(model.path, 'postgres'), options.dataDir]);
}

async function start(changes: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedServer> {
  const server = await startEmbeddedPostgres({ ...options, ...changes });
  started.push(server);
  return server;
}

async function query<Row extends pg.QueryResultRow>(server: EmbeddedServer, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('a new cluster', () => {
  test('is UTF-8 and puts Russian names in the order of the alphabet', async () => {
    const server = await start();
    expect(await query(server, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
    const names = await query<{ name: string }>(
      server,
      `select name from unnest(array['Яшин', 'Ёлкин', 'Егоров', 'ёжиков', 'Жуков']) as name order by name`,
    );
    expect(names.map(({ name }) => name)).toEqual(['Егоров', 'ёжиков', 'Ёлкин', 'Жуков', 'Яшин']);
    expect(await query(server, `select upper('ёлка'), 'ЁЖ' ilike 'ёж' as alike`)).toEqual([
      { upper: 'ЁЛКА', alike: true },
    ]);
  });

  test('keeps real data safe unless told otherwise', async () => {
    const server = await start({ settings: { work_mem: '5MB' } });
    const rows = await query(
      server,
      `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'max_connections', 'work_mem') order by name`,
    );
    expect(rows).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'max_connections', setting: '200' },
      { name: 'synchronous_commit', setting: 'on' },
      { name: 'work_mem', setting: '5120' },
    ]);
  });

  test('is made anew when an earlier attempt was cut short', async () => {
    const draft = `${options.dataDir}.initialising`;
    await mkdir(draft);
    await writeFile(join(draft, 'PG_VERSION'), '18\n');
    const server = await start();
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await expect(stat(draft)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('leaves no password behind', async () => {
    await start();
    await expect(stat(`${options.dataDir}.initialising.password`)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a second start', () => {
  beforeEach(existingCluster);

  test('finds the data of the first', async () => {
    await rm(options.dataDir, { recursive: true });
    const first = await start();
    await query(first, 'create table kept as select 5 as mark');
    await first.stop();
    const second = await start();
    expect(await query(second, 'select * from kept')).toEqual([{ mark: 5 }]);
  });

  test('with another password says so', async () => {
    await expect(start({ password: 'another' })).rejects.toMatchObject({
      code: 'embedded.password-mismatch',
    });
  });

  test('beside a living server of the same folder is refused', async () => {
    await start();
    await expect(start({ port: await freePort() })).rejects.toMatchObject({
      code: 'embedded.already-running',
      message: expect.stringContaining(String(process.pid)),
    });
    expect(started).toHaveLength(1);
  });

  test('while another living process has the folder is refused, and leaves it alone', async () => {
    const parent = await startParent({ postgres: { ...options, settings: { fsync: 'off' } } });
    await expect(start({ port: await freePort() })).rejects.toMatchObject({
      code: 'embedded.already-running',
      message: expect.stringContaining(String(parent.process.pid)),
    });
    expect(isRunning(parent.pids.postgres!)).toBe(true);
    parent.process.kill('SIGKILL');
    await eventually(() => expect(isRunning(parent.pids.postgres!)).toBe(false));
  });

  test('after newer collations rebuilds the indexes that depend on them', async () => {
    const first = await start();
    await query(first, `update pg_database set datcollversion = '1' where datname = 'postgres'`);
    await query(first, `update pg_collation set collversion = '1' where collname = 'ru-x-icu'`);
    await first.stop();
    const second = await start();
    expect(lines).toContainEqual(expect.stringContaining('reindexing the database postgres'));
    const stale = await query(
      second,
      `select datname from pg_database where datcollversion <> pg_database_collation_actual_version(oid)
       union all select collname from pg_collation where collversion <> pg_collation_actual_version(oid)`,
    );
    expect(stale).toEqual([]);
  });
});

describe('what cannot start', () => {
  test('names the taken port', async () => {
    await existingCluster();
    const stranger = createServer().listen(options.port, '127.0.0.1');
    await once(stranger, 'listening');
    await expect(start()).rejects.toMatchObject({
      code: 'embedded.port-taken',
      message: expect.stringContaining(String(options.port)),
    });
    stranger.close();
    await once(stranger, 'close');
    await start();
  });

  test("reports the server's own words", async () => {
    await existingCluster();
    await expect(start({ settings: { shared_buffers: 'a lot' } })).rejects.toMatchObject({
      code: 'embedded.start-failed',
      message: expect.stringContaining('invalid value for parameter "shared_buffers"'),
    });
  });

  test('does not touch a folder that holds something else', async () => {
    await mkdir(options.dataDir);
    await writeFile(join(options.dataDir, 'essay.txt'), 'mine');
    await expect(start()).rejects.toMatchObject({ code: 'embedded.data-dir-unusable' });
    expect(await readFile(join(options.dataDir, 'essay.txt'), 'utf8')).toBe('mine');
  });
});

describe('after kill -9', () => {
  beforeEach(existingCluster);

  test('of the server, the next start recovers what was committed', async () => {
    const first = await start();
    await query(first, 'create table kept as select 5 as mark');
    process.kill(first.pid, 'SIGKILL');
    await eventually(() => expect(lines).toContainEqual('PostgreSQL ended unexpectedly: signal SIGKILL'));
    const second = await start();
    expect(await query(second, 'select * from kept')).toEqual([{ mark: 5 }]);
  });

  test('a pid file whose pid now belongs to a stranger does not matter', async () => {
    const first = await start();
    process.kill(first.pid, 'SIGKILL');
    await eventually(() => expect(isRunning(first.pid)).toBe(false));
    const pidFile = join(options.dataDir, 'postmaster.pid');
    const [, ...rest] = (await readFile(pidFile, 'utf8')).split('\n');
    // Of the same account, for PostgreSQL does not mind a pid that it may not signal.
    const stranger = await start({ dataDir: join(folder.path, 'other'), port: await freePort() });
    await writeFile(pidFile, [stranger.pid, ...rest].join('\n'));
    await start();
    expect(lines).not.toContainEqual(expect.stringContaining('left running'));
    expect(isRunning(stranger.pid)).toBe(true);
  });

  test('of the parent, the server ends by itself and can be started again', async () => {
    const parent = await startParent({ postgres: { ...options, settings: { fsync: 'off' } } });
    parent.process.kill('SIGKILL');
    await eventually(() => expect(isRunning(parent.pids.postgres!)).toBe(false));
    await expect(stat(join(options.dataDir, 'postmaster.pid'))).rejects.toMatchObject({ code: 'ENOENT' });
    await start();
  });

  test('of the parent, a server still running is stopped by the next start', async () => {
    const parent = await startParent({ postgres: { ...options, settings: { fsync: 'off' } } });
    // Frozen, so that the watchdog's signal has no effect until the next start has found it.
    process.kill(parent.pids.postgres!, 'SIGSTOP');
    parent.process.kill('SIGKILL');
    await parent.ended;
    const server = await start({
      log: (line) => {
        lines.push(line);
        if (line.includes('left running')) process.kill(parent.pids.postgres!, 'SIGCONT');
      },
    });
    expect(lines).toContainEqual(expect.stringContaining('left running'));
    expect(isRunning(parent.pids.postgres!)).toBe(false);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('the server ends with its parent', () => {
  beforeEach(existingCluster);

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('on %s', async (signal) => {
    const parent = await startParent({ postgres: { ...options, settings: { fsync: 'off' } } });
    parent.process.kill(signal);
    await eventually(() => expect(isRunning(parent.pids.postgres!)).toBe(false));
  });

  test.each(['exit', 'throw'] as const)('on %s', async (then) => {
    const parent = await startParent({ postgres: { ...options, settings: { fsync: 'off' } }, then });
    await eventually(() => expect(isRunning(parent.pids.postgres!)).toBe(false));
  });
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot('root may keep the data where only root may go', async () => {
  const closed = join(folder.path, 'closed');
  await mkdir(closed, { mode: 0o700 });
  const server = await start({ dataDir: join(closed, 'postgres') });
  expect((await stat(join(closed, 'postgres'))).uid).not.toBe(0);
  expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect((await stat(dirname(join(closed, 'postgres')))).mode & 0o777).toBe(0o700);
  await server.stop();
  await rm(closed, { recursive: true });
});

asRoot('root may keep the programs where only root may go', async () => {
  const closed = join(folder.path, 'closed');
  await mkdir(closed, { mode: 0o700 });
  const original = await postgresBinaries();
  await promisify(execFile)('cp', ['-a', dirname(dirname(original.initdb)), join(closed, 'native')]);
  const programs = join(closed, 'native', 'bin');
  const dataDir = join(closed, 'postgres');
  const account = await postgresAccount(
    { initdb: join(programs, 'initdb'), postgres: join(programs, 'postgres') },
    dataDir,
    (line) => lines.push(line),
  );
  const [program, args] = underAccount(account, join(programs, 'initdb'), ['-D', dataDir, '--no-sync']);
  const { stdout } = await promisify(execFile)(program, args, {
    cwd: '/',
    uid: account.uid,
    gid: account.gid,
  });
  expect(stdout).toContain('Success');
  expect((await stat(dataDir)).uid).not.toBe(0);
});
