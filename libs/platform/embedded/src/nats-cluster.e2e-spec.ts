import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { eventually } from '../test/eventually.js';
import { temporaryFolder } from '../test/temporary.js';
import { freePort, startEmbeddedNatsCluster, type EmbeddedNatsCluster } from './index.js';
import { isRunning } from './process-table.js';

jest.setTimeout(120_000);

const ELECTION_MS = 30_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let cluster: EmbeddedNatsCluster | undefined;
let nodes: { port: number; clusterPort: number }[];

const start = async (): Promise<EmbeddedNatsCluster> =>
  (cluster = await startEmbeddedNatsCluster({
    storeDir: join(folder.path, 'nats'),
    cacheDir: join(import.meta.dirname, '../../../../.parta/cache'),
    nodes,
  }));

beforeEach(async () => {
  folder = await temporaryFolder();
  nodes = [];
  for (let i = 0; i < 3; i += 1) nodes.push({ port: await freePort(), clusterPort: await freePort() });
});

afterEach(async () => {
  await cluster?.stop();
  await folder.remove();
});

test('any node may be killed: nothing acknowledged is lost, and it comes back', async () => {
  const { url, nodes: running } = await start();
  const connection = await connect({
    servers: url.split(','),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
  });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'FACTS', subjects: ['facts.>'], num_replicas: 3 });
  let acknowledged = 0;
  for (const node of running) {
    const killed = node.pid!;
    process.kill(killed, 'SIGKILL');
    await eventually(async () => {
      await jetstream(connection).publish('facts.one', String(acknowledged), { timeout: 1000 });
      acknowledged += 1;
    }, ELECTION_MS);
    await eventually(() => expect([undefined, killed]).not.toContain(node.pid), ELECTION_MS);
    // The next may go only when this one has all the copies again.
    await eventually(async () => {
      const { cluster: copies } = await manager.streams.info('FACTS');
      expect(copies?.replicas?.map((one) => one.current)).toEqual([true, true]);
    }, ELECTION_MS);
  }
  const { state } = await manager.streams.info('FACTS');
  expect(state.messages).toBeGreaterThanOrEqual(acknowledged);
  await connection.close();
});

test('a second start finds the streams of the first', async () => {
  const first = await start();
  const pids = first.nodes.map((node) => node.pid!);
  const connection = await connect({ servers: first.url.split(',') });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'FACTS', subjects: ['facts.>'], num_replicas: 3 });
  await jetstream(connection).publish('facts.one', 'пять');
  await connection.close();
  await first.stop();
  expect(pids.filter(isRunning)).toEqual([]);

  const again = await connect({ servers: (await start()).url.split(',') });
  const found = await jetstreamManager(again);
  await eventually(async () => {
    const message = await found.streams.getMessage('FACTS', { last_by_subj: 'facts.one' });
    expect(message?.string()).toBe('пять');
  }, ELECTION_MS);
  await again.close();
});
