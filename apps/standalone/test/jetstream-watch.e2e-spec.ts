import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@parta/platform-embedded';
import { Bus } from '@parta/platform-messaging';
import { eventually } from '@parta/platform-testing';
import { openInstallation, type Installation } from '../src/installation.js';

const DISK_MB = 200;
const BACK_MS = 60_000;

let dataDir: string;
let disk: string;
let isDisk: boolean;
let installation: Installation;
let bus: Bus;
const said: string[] = [];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'parta-watch-'));
  // Under root PostgreSQL runs as another user, who has to pass through.
  chmodSync(dataDir, 0o711);
  disk = join(dataDir, 'nats');
  mkdirSync(disk);
  isDisk = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', disk]).status === 0;
  installation = await openInstallation({
    dataDir,
    databasePort: await freePort(),
    natsPort: await freePort(),
    // 3 probes in a row are lost before the server is ended.
    busWatchMs: 500,
    step: (line) => said.push(line),
  });
  bus = await Bus.connect(installation.natsUrl, 'test');
  await bus.ensureStream('journal');
}, 240_000);

afterAll(async () => {
  await bus?.close();
  await installation?.stop();
  if (isDisk) spawnSync('umount', ['-l', disk]);
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'parta-mount-'));
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]).status === 0;
  if (isMounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  return isMounted;
}

const publish = (fact: string): Promise<unknown> =>
  bus.jetStream.publish('evt.journal.mark.recorded.v1.school', fact, { timeout: 2000 });

const metric = async (name: string): Promise<number> =>
  (await installation.busWatch!.metrics.registry.getSingleMetric(name)!.get()).values[0]!.value;

describe('an embedded NATS whose JetStream keeps nothing', () => {
  it('is ended and started again when it hangs although its disk has room', async () => {
    await publish('before');
    const hanging = installation.natsNodes[0]!.pid!;
    process.kill(hanging, 'SIGSTOP');
    await eventually(() => expect([undefined, hanging]).not.toContain(installation.natsNodes[0]!.pid), {
      timeoutMs: BACK_MS,
    });
    await eventually(() => publish('after'), { timeoutMs: BACK_MS });
    expect(said).toContain('NATS keeps no facts, though its disk has room: it is ended, to be started again');
    await eventually(() => expect(installation.busWatch!.warnings()).toEqual([]), { timeoutMs: BACK_MS });
  }, 180_000);

  // Without a disk of its own, which only root may mount, there is nothing to fill.
  (mayMount() ? it : it.skip)(
    'is left alone while its disk is full, which is said, and works by itself soon after there is room',
    async () => {
      await publish('before the disk was full');
      const acknowledged = (await bus.manager.streams.info('EVT_journal')).state.messages;
      const balloon = join(disk, 'balloon');
      const { bavail, bsize } = await statfs(disk);
      await writeFile(balloon, Buffer.alloc(bavail * bsize - 64 * 1024));
      const pid = installation.natsNodes[0]!.pid!;
      const big = 'x'.repeat(8 * 1024);
      await eventually(
        async () => {
          await publish(big).catch(() => undefined);
          expect(installation.busWatch!.warnings()).toEqual(['the disk of NATS has 0 MiB left, it needs 64']);
        },
        { timeoutMs: BACK_MS },
      );
      expect(await metric('parta_bus_keeps')).toBe(0);
      expect(await metric('parta_bus_free_bytes')).toBeLessThan(2 ** 20);
      expect(installation.natsNodes[0]!.pid).toBe(pid);
      rmSync(balloon);
      await eventually(() => publish('after'), { timeoutMs: BACK_MS });
      expect((await bus.manager.streams.info('EVT_journal')).state.messages).toBeGreaterThan(acknowledged);
      await eventually(async () => expect(await metric('parta_bus_keeps')).toBe(1), { timeoutMs: BACK_MS });
      expect(installation.busWatch!.warnings()).toEqual([]);
    },
    240_000,
  );
});
