import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { eventually } from '../test/eventually.js';
import { startParent, temporaryFolder } from '../test/temporary.js';
import {
  findNatsServer,
  freePort,
  startEmbeddedNats,
  type EmbeddedNatsOptions,
  type EmbeddedServer,
} from './index.js';
import { isRunning } from './process-table.js';

jest.setTimeout(300_000);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let options: EmbeddedNatsOptions;
let started: EmbeddedServer[];
let lines: string[];

beforeEach(async () => {
  folder = await temporaryFolder();
  started = [];
  lines = [];
  options = {
    storeDir: join(folder.path, 'nats'),
    cacheDir: join(folder.path, 'cache'),
    port: await freePort(),
    log: (line) => lines.push(line),
  };
});

afterEach(async () => {
  for (const server of started) await server.stop();
  await folder.remove();
});

async function start(changes: Partial<EmbeddedNatsOptions> = {}): Promise<EmbeddedServer> {
  const server = await startEmbeddedNats({ ...options, ...changes });
  started.push(server);
  return server;
}

async function publish(server: EmbeddedServer, fact: string): Promise<void> {
  const connection = await connect({ servers: server.url });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'FACTS', subjects: ['facts.>'] });
  await jetstream(connection).publish('facts.first', fact);
  await connection.close();
}

async function lastFact(server: EmbeddedServer): Promise<string | undefined> {
  const connection = await connect({ servers: server.url });
  const manager = await jetstreamManager(connection);
  const message = await manager.streams.getMessage('FACTS', { last_by_subj: 'facts.first' });
  await connection.close();
  return message?.string();
}

test('a second start finds the streams of the first', async () => {
  const first = await start();
  await publish(first, 'пять');
  await first.stop();
  expect(await lastFact(await start())).toBe('пять');
});

test('after kill -9 of the server nothing acknowledged is lost', async () => {
  const first = await start();
  await publish(first, 'пять');
  process.kill(first.pid, 'SIGKILL');
  await eventually(() => expect(lines).toContainEqual('NATS ended unexpectedly: signal SIGKILL'));
  expect(await lastFact(await start())).toBe('пять');
});

test('names the taken port', async () => {
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

test('a second server on the same store is refused', async () => {
  await start();
  await expect(start({ port: await freePort() })).rejects.toMatchObject({ code: 'embedded.already-running' });
});

describe('the server ends with its parent', () => {
  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('on %s', async (signal) => {
    const parent = await startParent({ nats: options });
    parent.process.kill(signal);
    await eventually(() => expect(isRunning(parent.pids.nats!)).toBe(false));
    await start();
  });
});

describe('finding a nats-server', () => {
  const nowhere = { searchPath: '', download: false };

  test('without any, one sentence says what to do', async () => {
    const path = process.env['PATH'];
    // No docker either.
    process.env['PATH'] = '';
    try {
      await expect(findNatsServer(options.cacheDir, nowhere)).rejects.toMatchObject({
        code: 'embedded.nats-missing',
        message: expect.stringMatching(/install version 2\.9.*start Docker.*NATS_URL/),
      });
    } finally {
      process.env['PATH'] = path;
    }
  });

  const whereAptIs =
    process.env['PARTA_TEST_DOWNLOADS'] === 'off' || process.platform !== 'linux' ? test.skip : test;

  whereAptIs("the distribution's package is unpacked, once, and serves", async () => {
    const hidden = { searchPath: '', log: (line: string) => void lines.push(line) };
    const found = await findNatsServer(options.cacheDir, hidden);
    expect(found).toEqual({ kind: 'binary', path: join(options.cacheDir, 'nats-server'), from: 'package' });
    const server = await start({ find: hidden });
    await publish(server, 'пять');
    expect(await findNatsServer(options.cacheDir, nowhere)).toMatchObject({ kind: 'binary', from: 'cache' });
  });
});
