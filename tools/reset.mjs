// `npm run reset`: forgets the demo district and everything else of this installation. A running one is left alone unless that is
// said: `npm run reset -- --yes` stops it first.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const STOP_MS = 40_000;
const root = fileURLToPath(new URL('..', import.meta.url));
const dataDir = resolve(root, process.env.PARTA_DATA_DIR || '.parta');

if (!existsSync(dataDir)) {
  console.log('Nothing to clear.');
} else {
  const running = await runningOn(dataDir);
  if (running.length > 0) {
    if (!(await isMeant(running))) {
      console.error(
        `Parta is running on ${dataDir} (process ${running.join(', ')}): nothing was cleared. Stop it first, or say "npm run reset -- --yes".`,
      );
      process.exit(1);
    }
    await stop(running);
  }
  // The downloaded nats-server is worth keeping.
  for (const name of readdirSync(dataDir))
    if (name !== 'cache') rmSync(join(dataDir, name), { recursive: true, force: true });
  console.log(`Cleared ${dataDir}.`);
}

async function isMeant(pids) {
  if (process.argv.includes('--yes')) return true;
  if (!process.stdin.isTTY) return false;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question(
    `Parta is running on ${dataDir} (process ${pids.join(', ')}). Stop it and clear everything? [y/N] `,
  );
  lines.close();
  return /^(y|yes|д|да)$/i.test(answer.trim());
}

/** Who runs the servers of the folder, as they have noted beside their data; else a server itself, which was left over. */
async function runningOn(folder) {
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  const owners = readdirSync(folder)
    .filter((name) => name.endsWith('.owner.json'))
    .map((name) => JSON.parse(read(name)));
  if (owners.length > 0) {
    // Compiled by whoever has started these servers. A process of the same number that has begun later is somebody else.
    const { processStart } = await import('../libs/platform/embedded/dist/process-table.js');
    const alive = owners.filter(({ pid, start }) => processStart(pid) === start).map(({ pid }) => pid);
    if (alive.length > 0) return [...new Set(alive)];
  }
  return ['postgres/postmaster.pid', 'nats/nats-server.pid']
    .filter((name) => existsSync(join(folder, name)))
    .map((name) => Number.parseInt(read(name), 10))
    .filter((pid) => isAlive(pid) && commandOf(pid).includes(folder));
}

/** A zombie has ended. */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return (
      process.platform !== 'linux' || !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    );
  } catch (error) {
    return error.code === 'EPERM';
  }
}

const commandOf = (pid) =>
  process.platform === 'linux' ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : dataDir;

async function stop(pids) {
  for (const pid of pids) process.kill(pid, 'SIGTERM');
  const until = Date.now() + STOP_MS;
  while (pids.some(isAlive)) {
    if (Date.now() > until) {
      console.error('Parta does not stop: nothing was cleared.');
      process.exit(1);
    }
    await delay(200);
  }
}
