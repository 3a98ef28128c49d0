import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import type { PoolClient } from 'pg';

/** Sends a statement. */
export type Query = (text: string, values: unknown[]) => Promise<{ rows: unknown[]; count: number }>;

/** Texts that have been sent, and their names: the same for all connections. */
const statementNames = new Map<string, string>();

/**
 * What a unit of work sends in one go goes to the server in one packet: a write for each statement would cost a system call
 * here and a wake-up there.
 */
export function inOnePacket(client: PoolClient): () => void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  let isCorked = false;
  return () => {
    if (isCorked) return;
    isCorked = true;
    stream.cork();
    // Comes when no promise has anything more to say.
    process.nextTick(() => {
      isCorked = false;
      stream.uncork();
    });
  };
}

/** Runs statements of the same text by one prepared statement. */
export function preparedQuery(client: PoolClient, beforeSending: () => void): Query {
  return async (text, values) => {
    beforeSending();
    let name = statementNames.get(text);
    if (!name) {
      name = createHash('sha1').update(text).digest('base64url');
      // Text built from optional filters has many shapes; beyond this the server would keep plans nobody uses again.
      if (statementNames.size < 2000) statementNames.set(text, name);
    }
    const answer = await client.query({ name, text, values });
    return { rows: answer.rows, count: answer.rowCount ?? 0 };
  };
}
