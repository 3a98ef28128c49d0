import type { Socket } from 'node:net';
import { Client, type Pool, type PoolClient } from 'pg';

/** How long a connection in use may say nothing before the server is asked whether it still knows of it. */
const SILENT_MS = 4000;
const LOOK_MS = 2000;
const CONNECT_MS = 3000;

/** What pg keeps of a connection and does not declare. */
interface Line {
  processID: number | null;
  connection: { stream: Socket };
}

interface Seen {
  bytesRead: number;
  since: number;
}

/**
 * Finds connections that have died without a word, behind a firewall or a proxy that forgot them: nothing would ever end
 * the wait for their answer, and with it a relay, a dispatcher or a request. A statement may take long, so the server is asked
 * on a line of its own whether it still has the other end; if it has not, the line is cut, and whoever waits for it
 * gets an error that passes.
 * @returns ends the watch
 */
export function cutDeadLines(pool: Pool, url: string): () => void {
  const known = new Set<PoolClient>();
  const inUse = new Map<PoolClient, Seen>();
  let isLooking = false;
  const seen = (client: PoolClient): Seen => ({
    bytesRead: socketOf(client).bytesRead,
    since: performance.now(),
  });
  pool.on('connect', (client: PoolClient) => known.add(client));
  pool.on('acquire', (client: PoolClient) => inUse.set(client, seen(client)));
  pool.on('release', (_error: Error, client: PoolClient) => inUse.delete(client));
  pool.on('remove', (client: PoolClient) => {
    known.delete(client);
    inUse.delete(client);
  });
  const timer = setInterval(() => {
    let isSuspected = false;
    for (const [client, before] of inUse) {
      if (socketOf(client).bytesRead !== before.bytesRead) inUse.set(client, seen(client));
      else if (performance.now() - before.since > SILENT_MS) {
        isSuspected = true;
        // Asked about again after as long a silence, not at every look.
        inUse.set(client, seen(client));
      }
    }
    if (!isSuspected || isLooking) return;
    isLooking = true;
    // The ones that lie idle have gone the same way, and would each cost somebody as long a wait.
    cutUnknown([...known], url)
      .catch(() => undefined)
      .finally(() => (isLooking = false));
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** @throws Error when the server cannot be asked; then nothing is known */
async function cutUnknown(clients: readonly PoolClient[], url: string): Promise<void> {
  const asking = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: CONNECT_MS,
  });
  asking.on('error', () => undefined);
  await asking.connect();
  try {
    const pids = clients.map((client) => lineOf(client).processID);
    const { rows } = await asking.query<{ own: number; alive: number[] }>(
      `select pg_backend_pid() as own, array(select pid from pg_stat_activity where pid = any ($1::int[])) as alive`,
      [pids],
    );
    const { own, alive } = rows[0]!;
    // A pooler in between gives numbers of its own; they say nothing here.
    if (own !== lineOf(asking).processID) return;
    for (const [at, client] of clients.entries())
      if (pids[at] && !alive.includes(pids[at]))
        socketOf(client).destroy(new Error('Connection terminated: the server does not know of it any more'));
  } finally {
    await asking.end().catch(() => undefined);
  }
}

const lineOf = (client: object): Line => client as unknown as Line;
const socketOf = (client: object): Socket => lineOf(client).connection.stream;
