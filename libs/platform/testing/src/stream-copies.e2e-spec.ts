import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort, startEmbeddedNatsCluster, type EmbeddedNatsCluster } from '@parta/platform-embedded';
import { Bus, FileStore } from '@parta/platform-messaging';
import { eventually } from './eventually.js';
import { startTestNats } from './test-bed.js';

const START_MS = 90_000;

describe('copies of streams', () => {
  let folder: string;
  let cluster: EmbeddedNatsCluster;
  let bus: Bus;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), `parta-test-${process.pid}-copies-`));
    const nodes = [];
    for (let i = 0; i < 3; i += 1) nodes.push({ port: await freePort(), clusterPort: await freePort() });
    cluster = await startEmbeddedNatsCluster({
      storeDir: folder,
      cacheDir: join(import.meta.dirname, '../../../../.parta/cache'),
      nodes,
    });
    bus = await Bus.connect(cluster.url, 'test');
  }, START_MS);

  afterAll(async () => {
    await bus?.close();
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  }, START_MS);

  const copiesOf = async (stream: string): Promise<number> =>
    (await bus.manager.streams.info(stream)).config.num_replicas;

  it('are three on three nodes, of facts and of files', async () => {
    expect(await copiesOf(await bus.ensureStream('journal'))).toBe(3);
    const files = await FileStore.open(bus, 'reports', 1);
    expect(await copiesOf('OBJ_reports')).toBe(3);
    const { id } = await files.put(Readable.from([Buffer.from('отчёт')]), 100);
    expect((await files.read(id))!.toString()).toBe('отчёт');
  });

  it('become three of what was made with one, and of its consumers', async () => {
    await bus.manager.streams.add({ name: 'EVT_diary', subjects: ['evt.diary.>'], num_replicas: 1 });
    await bus.manager.consumers.add('EVT_diary', { durable_name: 'reporting__diary' });
    await bus.ensureStream('diary');
    expect(await copiesOf('EVT_diary')).toBe(3);
    await eventually(
      async () => {
        const { cluster: copies } = await bus.manager.consumers.info('EVT_diary', 'reporting__diary');
        expect(copies?.replicas).toHaveLength(2);
      },
      { timeoutMs: 20_000 },
    );
  });

  it('is one where NATS is one', async () => {
    const single = await startTestNats();
    const alone = await Bus.connect(single.url, 'test');
    await alone.ensureStream('journal');
    await FileStore.open(alone, 'reports', 1);
    for (const stream of ['EVT_journal', 'OBJ_reports'])
      expect((await alone.manager.streams.info(stream)).config.num_replicas).toBe(1);
    await alone.close();
    await single.stop();
  });
});
