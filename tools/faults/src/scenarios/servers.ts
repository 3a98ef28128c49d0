import { spawnSync } from 'node:child_process';
import { chownSync, closeSync, mkdirSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../eventually.js';
import { NotRun, pause, type Fault, type Suite } from '../suite.js';

const SMALL = 'faults_small';
const SMALL_MEGABYTES = 48;
/** What grows with each command and each fact. */
const GROWING = ['journal.outbox', 'journal.changes', 'diary.inbox', 'diary.marks'];

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
    name: 'PostgreSQL restarted',
    isQuick: true,
    async breakIt({ platform }) {
      await platform.stopPostgres();
    },
    lasts: 3,
    mendIt: ({ platform }) => platform.startPostgres(),
  },
  {
    name: 'PostgreSQL killed',
    async breakIt({ platform }) {
      await platform.stopPostgres(true);
    },
    lasts: 0,
    mendIt: ({ platform }) => platform.startPostgres(),
  },
  {
    name: 'PostgreSQL’s disk full',
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
];

/** Puts what grows on a disk of its own, since a suite cannot fill the machine's. */
async function moveToSmallDisk({ platform }: Suite): Promise<void> {
  if (process.getuid?.() !== 0) throw new NotRun('needs root, to mount a small disk');
  const folder = join(platform.folder, SMALL);
  mkdirSync(folder);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_MEGABYTES}m`, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  if (mounted.status !== 0) throw new NotRun(`needs a small disk: ${mounted.stderr.trim()}`);
  platform.undo.push(() => void spawnSync('umount', [folder]));
  const { uid, gid } = statSync(join(platform.folder, 'postgres'));
  const inside = join(folder, 'tablespace');
  mkdirSync(inside, { mode: 0o700 });
  chownSync(inside, uid, gid);
  await platform.rows(`create tablespace ${SMALL} location '${inside}'`);
  for (const table of GROWING) await moveTo(platform, table, SMALL);
}

async function moveBack({ platform }: Suite): Promise<void> {
  for (const table of GROWING) await moveTo(platform, table, 'pg_default');
  await platform.rows(`drop tablespace ${SMALL}`);
}

async function moveTo(platform: Suite['platform'], table: string, space: string): Promise<void> {
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
