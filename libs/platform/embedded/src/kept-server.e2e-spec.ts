import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { eventually } from '../test/eventually.js';
import { temporaryFolder } from '../test/temporary.js';
import { freePort, KeptServer, startEmbeddedNats, startEmbeddedPostgres } from './index.js';
import { isRunning } from './process-table.js';

jest.setTimeout(120_000);

const BACK_MS = 30_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: KeptServer | undefined;
let said: string[];

beforeEach(async () => {
  folder = await temporaryFolder();
  said = [];
});

afterEach(async () => {
  await server?.stop();
  await folder.remove();
});

async function postgres(): Promise<KeptServer> {
  const port = await freePort();
  return new KeptServer(
    'PostgreSQL',
    (onUnexpectedExit) =>
      startEmbeddedPostgres({
        dataDir: join(folder.path, 'postgres'),
        port,
        password: 'secret',
        settings: { fsync: 'off' },
        onUnexpectedExit,
      }),
    (line) => said.push(line),
  );
}

async function endsAndComesBack(kept: KeptServer, signal: NodeJS.Signals): Promise<void> {
  const ended = kept.pid!;
  process.kill(ended, signal);
  await eventually(() => expect([undefined, ended]).not.toContain(kept.pid), BACK_MS);
  await eventually(() => expect(said.at(-1)).toBe(`${kept.name} is back`), BACK_MS);
  expect(isRunning(ended)).toBe(false);
}

test.each(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGKILL'] as const)(
  'PostgreSQL that is ended from outside by %s is back with what was committed, though a client stays connected',
  async (signal) => {
    server = await postgres();
    const { url } = await server.start();
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('create table kept as select 5 as mark');
    await endsAndComesBack(server, signal);
    await client.end().catch(() => undefined);
    const again = new pg.Client({ connectionString: url });
    await again.connect();
    expect((await again.query('select mark from kept')).rows).toEqual([{ mark: 5 }]);
    await again.end();
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/^PostgreSQL ended \(.+\) and is started again in 0\.25 s$/);
  },
);

test('NATS that is ended from outside is back', async () => {
  const port = await freePort();
  server = new KeptServer(
    'NATS',
    (onUnexpectedExit) =>
      startEmbeddedNats({
        storeDir: join(folder.path, 'nats'),
        cacheDir: join(import.meta.dirname, '../../../../.parta/cache'),
        port,
        onUnexpectedExit,
      }),
    (line) => said.push(line),
  );
  await server.start();
  await endsAndComesBack(server, 'SIGKILL');
});

test('what is stopped while it comes back stays away', async () => {
  server = await postgres();
  await server.start();
  const first = server.pid!;
  process.kill(first, 'SIGKILL');
  await eventually(() => expect(said).toHaveLength(1), BACK_MS);
  await server.stop();
  const last = server.pid;
  expect(last === undefined || !isRunning(last)).toBe(true);
  expect(isRunning(first)).toBe(false);
});
