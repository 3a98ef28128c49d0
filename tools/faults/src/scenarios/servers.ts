import { spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { probeStore } from '@parta/platform-messaging';
import { JetStreamWatch } from '@parta/standalone/processes';
import { eventually } from '../eventually.js';
import type { Platform } from '../platform.js';
import { NotRun, pause, type Fault, type Suite } from '../suite.js';

const SMALL = 'faults_small';
const SMALL_FOR_LOG = 'faults_small_log';
const SMALL_FOR_STREAMS = 'faults_small_streams';
const SMALL_MEGABYTES = 48;
/** JetStream counts as full below 64. */
const STREAMS_MEGABYTES = 512;
/** What grows with each command and each fact. */
const GROWING = ['journal.outbox', 'journal.changes', 'diary.inbox', 'diary.marks'];

/** Messages that may have been submitted and not written down when PostgreSQL goes. */
const UNDER_WAY = 20;

/** NATS and PostgreSQL, gone, back, and full. */
export const brokenServers: Fault[] = [
  {
    name: 'NATS gone for 20 s and restarted with its store',
    async breakIt({ platform }) {
      await platform.stopNats();
      await pause(20);
    },
    lasts: 0,
    mendIt: ({ platform }) => platform.startNats(),
  },
  {
    name: 'NATS gone for 5 s and restarted with its store',
    isQuick: true,
    isQuickOnly: true,
    async breakIt({ platform }) {
      await platform.stopNats();
      await pause(5);
    },
    lasts: 0,
    mendIt: ({ platform }) => platform.startNats(),
  },
  {
    name: 'NATS killed',
    async breakIt({ platform }) {
      await platform.stopNats(true);
    },
    lasts: 0,
    mendIt: ({ platform }) => platform.startNats(),
  },
  {
    name: 'NATS’s disk full and free again',
    async breakIt({ platform }) {
      await moveStreamsToSmallDisk(platform);
      fill(join(platform.folder, SMALL_FOR_STREAMS));
      await eventually('facts to wait', async () =>
        (await platform.count(
          'journal.outbox',
          `published_at is null and created_at < now() - interval '5 s'`,
        )) > 0
          ? null
          : 'all are published',
      );
    },
    lasts: 4,
    async mendIt({ platform }) {
      const full = platform.natsPid!;
      rmSync(join(platform.folder, SMALL_FOR_STREAMS, 'balloon'));
      await eventually('the watch to end NATS', () => (isRunning(full) ? 'it hangs' : null));
      await platform.startNats();
    },
    check: ({ platform }) => moveStreams(platform, join(platform.folder, 'nats')),
  },
  {
    name: 'PostgreSQL restarted',
    uncertain: UNDER_WAY,
    isQuick: true,
    async breakIt({ platform }) {
      await platform.stopPostgres();
    },
    lasts: 3,
    mendIt: ({ platform }) => platform.startPostgres(),
  },
  {
    name: 'PostgreSQL killed',
    uncertain: UNDER_WAY,
    async breakIt({ platform }) {
      await platform.stopPostgres(true);
    },
    lasts: 0,
    mendIt: ({ platform }) => platform.startPostgres(),
  },
  {
    name: 'PostgreSQL’s disk full',
    uncertain: UNDER_WAY,
    async breakIt(suite) {
      const { platform, load } = suite;
      await moveToSmallDisk(suite);
      fill(join(platform.folder, SMALL));
      const before = load.writes.refused;
      await eventually('writing to be refused', () =>
        load.writes.refused > before + 5 ? null : 'it goes on',
      );
    },
    lasts: 4,
    mendIt({ platform }) {
      rmSync(join(platform.folder, SMALL, 'balloon'));
      return Promise.resolve();
    },
    check: (suite) => moveBack(suite),
  },
  {
    name: 'PostgreSQL’s disk full under its log',
    uncertain: UNDER_WAY,
    async breakIt({ platform }) {
      await moveLogToSmallDisk(platform);
      fill(join(platform.folder, SMALL_FOR_LOG));
      // The segments that are there are used up first.
      await eventually('PostgreSQL to find no room', async () => {
        if (platform.log.some((line) => /PANIC.*No space left/.test(line))) return null;
        await platform.rows(`select pg_logical_emit_message(true, 'faults', 'full'), pg_switch_wal()`);
        return 'it goes on';
      });
    },
    lasts: 4,
    async mendIt({ platform }) {
      rmSync(join(platform.folder, SMALL_FOR_LOG, 'balloon'));
      await platform.stopPostgres();
      await platform.startPostgres();
    },
    check: ({ platform }) => moveLogBack(platform),
  },
];

/** The streams lie on a disk of their own; Parta's own watch looks after NATS there. */
async function moveStreamsToSmallDisk(platform: Platform): Promise<void> {
  const folder = mountSmallDisk(platform, SMALL_FOR_STREAMS, STREAMS_MEGABYTES);
  await moveStreams(platform, join(folder, 'nats'));
  const watch = new JetStreamWatch({
    probe: () => probeStore(platform.bus, 2000),
    storeDir: folder,
    pid: () => platform.natsPid,
    say: (line) => void platform.log.push(`watch: ${line}`),
    intervalMs: 500,
  });
  watch.start();
  platform.undo.push(() => void watch.stop());
}

async function moveStreams(platform: Platform, to: string): Promise<void> {
  await platform.stopNats();
  move(platform.natsStore, to);
  platform.natsStore = to;
  await platform.startNats();
}

/** Puts what grows on a disk of its own, since a suite cannot fill the machine's. */
async function moveToSmallDisk({ platform }: Suite): Promise<void> {
  const inside = join(mountSmallDisk(platform, SMALL, SMALL_MEGABYTES), 'tablespace');
  mkdirSync(inside, { mode: 0o700 });
  const { uid, gid } = statSync(logOf(platform));
  chownSync(inside, uid, gid);
  await platform.rows(`create tablespace ${SMALL} location '${inside}'`);
  for (const table of GROWING) await moveTo(platform, table, SMALL);
}

/** @returns its folder; unmounted at the end at the latest */
function mountSmallDisk(platform: Platform, name: string, megabytes: number): string {
  if (process.getuid?.() !== 0) throw new NotRun('needs root, to mount a small disk');
  const folder = join(platform.folder, name);
  mkdirSync(folder);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  if (mounted.status !== 0) throw new NotRun(`needs a small disk: ${mounted.stderr.trim()}`);
  platform.undo.push(() => void spawnSync('umount', [folder]));
  return folder;
}

const logOf = (platform: Platform): string => join(platform.folder, 'postgres/pg_wal');

/** The log of PostgreSQL lies on a disk of its own, as it often does. */
async function moveLogToSmallDisk(platform: Platform): Promise<void> {
  const log = logOf(platform);
  const bytes = readdirSync(log).reduce((sum, name) => sum + statSync(join(log, name)).size, 0);
  const folder = mountSmallDisk(platform, SMALL_FOR_LOG, Math.ceil(bytes / 1e6) + SMALL_MEGABYTES);
  await platform.stopPostgres();
  const { uid, gid } = statSync(log);
  chownSync(folder, uid, gid);
  move(log, join(folder, 'pg_wal'));
  symlinkSync(join(folder, 'pg_wal'), log);
  await platform.startPostgres();
}

async function moveLogBack(platform: Platform): Promise<void> {
  await platform.stopPostgres();
  rmSync(logOf(platform));
  move(join(platform.folder, SMALL_FOR_LOG, 'pg_wal'), logOf(platform));
  await platform.startPostgres();
  await eventually('everyone to be ready', () => platform.notReady(['reporting']));
}

/** With owners and rights, between file systems. */
function move(from: string, to: string): void {
  const moved = spawnSync('mv', [from, to], { encoding: 'utf8' });
  if (moved.status !== 0) throw new Error(moved.stderr);
}

async function moveBack({ platform }: Suite): Promise<void> {
  for (const table of GROWING) await moveTo(platform, table, 'pg_default');
  await platform.rows(`drop tablespace ${SMALL}`);
}

async function moveTo(platform: Platform, table: string, space: string): Promise<void> {
  const indexes = await platform.rows<{ name: string }>(
    'select indexrelid::regclass::text as name from pg_index where indrelid = $1::regclass',
    [table],
  );
  await platform.rows(`alter table ${table} set tablespace ${space}`);
  for (const { name } of indexes) await platform.rows(`alter index ${name} set tablespace ${space}`);
}

function fill(folder: string): void {
  const file = openSync(join(folder, 'balloon'), 'w');
  const block = Buffer.alloc(64 * 1024);
  try {
    for (;;) writeSync(file, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
