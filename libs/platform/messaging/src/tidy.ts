import type { ClientBase } from 'pg';

/**
 * How long the platform's tables keep what is done with, by the column that says when. Published facts: for a stream that
 * was lost with its disk. The inbox: no fact comes again so late, and projections compare versions besides. Answered
 * commands: a browser that was offline over the holidays sends its entries again with their keys.
 */
const KEPT = [
  { table: 'outbox', column: 'published_at', days: 7 },
  { table: 'inbox', column: 'handled_at', days: 60 },
  { table: 'answered_commands', column: 'answered_at', days: 60 },
] as const;

/** Rows of one statement: a table that nobody tidied for long is not locked up by one. */
const BATCH = 5000;

/**
 * Removes what is older than the platform keeps, in small statements.
 * @param isStopping asked between them
 * @returns how many rows went, by table
 */
export async function tidyPlatformTables(
  client: ClientBase,
  service: string,
  isStopping: () => boolean = () => false,
): Promise<Record<(typeof KEPT)[number]['table'], number>> {
  const removed = { outbox: 0, inbox: 0, answered_commands: 0 };
  for (const { table, column, days } of KEPT) {
    let count = BATCH;
    while (count === BATCH && !isStopping()) {
      const answer = await client.query(
        `delete from "${service}".${table} where ctid = any (array(
           select ctid from "${service}".${table} where ${column} < now() - interval '${days} days' limit ${BATCH}))`,
      );
      count = answer.rowCount ?? 0;
      removed[table] += count;
    }
  }
  return removed;
}
