import { setTimeout as delay } from 'node:timers/promises';
import { FactConsumer, streamOf, type Bus } from '@parta/platform-messaging';
import { Client } from 'pg';
import { openService } from './assembly.js';
import { copyStructure, dropSchemas, makeSchemas, switchTables, tablesOf } from './rebuild-schema.js';
import type { ServiceDefinition, ServiceSurroundings } from './service-definition.js';

const POLL_MS = 50;
const SWITCH_TIMEOUT_MS = 30_000;
/** Of the live rows, so many a copy must have: facts that come meanwhile are missing for a moment, a year of them is not. */
const LEAST_SHARE = 0.9;
/** Too few to judge by a share. */
const FEW_ROWS = 20;

export interface RebuildOptions {
  /** URL of a role that may make schemas, in Parta's database */
  adminUrl: string;
  /** URL of the service's owner role */
  ownerUrl: string;
  surroundings: ServiceSurroundings;
  /** switches even to a copy that has far fewer rows than the live tables */
  evenIfSmaller?: boolean;
  /** one line for each step */
  step: (line: string) => void;
}

/**
 * Builds the tables of a projection anew from everything its producers' streams hold, in a schema beside the live one,
 * and switches to them in one transaction. The live service goes on all the while: families read the old tables until
 * the switch. It runs the service's own reactions, so what cannot be handled is parked as in life.
 *
 * Nothing can fall between the two: for the switch the live inbox is locked, so that the service handles no fact until
 * the new tables have all that it had handled. Facts that both handle are dropped by their version the second time.
 * @returns how many facts were read
 * @throws Error when the service is no projection (it publishes facts), a rebuild of it is running, or the streams lack
 *   most of what the live tables hold
 */
export async function rebuildProjection(
  definition: ServiceDefinition,
  { adminUrl, ownerUrl, surroundings, evenIfSmaller, step }: RebuildOptions,
): Promise<{ facts: number; tables: string[] }> {
  const live = definition.name;
  const next = `${live}_next`;
  const previous = `${live}_previous`;
  const admin = await connected(adminUrl);
  const owner = await connected(ownerUrl);
  let copy: Awaited<ReturnType<typeof openService>> | undefined;
  let consumers: FactConsumer[] = [];
  try {
    await takeTurn(admin, live);
    const tables = await tablesOf(owner, live);
    await makeSchemas(admin, [next, previous], new URL(ownerUrl).username);
    await copyStructure(owner, live, next, tables, new URL(surroundings.databaseUrl).username);
    step(`${tables.length} tables of ${live} beside the live ones`);

    copy = await openService(definition, { ...surroundings, schema: next, isSilent: true });
    const { bus, reactions, database, logger, metrics } = copy;
    const producers = [...new Set(reactions.map((reaction) => reaction.fact.service))];
    for (const producer of producers) await forget(bus, producer, `${next}__${producer}`);
    consumers = producers.map(
      (producer) =>
        new FactConsumer(
          next,
          producer,
          reactions.filter((reaction) => reaction.fact.service === producer),
          database,
          bus,
          logger,
          metrics,
        ),
    );
    for (const consumer of consumers) await consumer.start();
    // Counted before it is asked what the streams hold: while the copy reads that, the live tables go on growing.
    const was = await counted(admin, live, tables);
    const read = await caughtUp(bus, next, producers);
    step(`${read} facts read`);
    await owner.query(tables.map((table) => `analyze "${next}"."${table}"`).join(';'));

    if (!evenIfSmaller) isNotSmaller(was, await counted(admin, next, tables));

    await owner.query('begin');
    await owner.query(`lock table "${live}".inbox, "${live}".parked_facts in share row exclusive mode`);
    const facts = await caughtUp(bus, next, producers, SWITCH_TIMEOUT_MS);
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    consumers = [];
    await switchTables(owner, { live, next, previous }, tables);
    await owner.query('commit');
    step(`switched after ${facts} facts`);
    for (const producer of producers) await forget(bus, producer, `${next}__${producer}`);
    await dropSchemas(admin, [next, previous]);
    return { facts, tables };
  } finally {
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    await copy?.close();
    // Ends an open transaction with it, and gives up the turn.
    await owner.end();
    await admin.end();
  }
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

async function takeTurn(admin: Client, service: string): Promise<void> {
  const { rows } = await admin.query('select pg_try_advisory_lock(hashtextextended($1, 0)) as is_ours', [
    `rebuild:${service}`,
  ]);
  if (!rows[0].is_ours) throw new Error(`${service} is being rebuilt already`);
  const published = await admin.query(`select 1 from "${service}".outbox limit 1`);
  if (published.rowCount)
    throw new Error(`${service} publishes facts itself: reading the streams again would repeat them`);
}

/** @returns the rows of each table */
async function counted(
  admin: Client,
  schema: string,
  tables: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = new Map<string, number>();
  for (const table of tables) {
    const answer = await admin.query<{ n: number }>(`select count(*)::int as n from "${schema}"."${table}"`);
    rows.set(table, answer.rows[0]!.n);
  }
  return rows;
}

/** Streams that were lost and began anew, after a restore without them, would leave families without their past. */
function isNotSmaller(were: ReadonlyMap<string, number>, are: ReadonlyMap<string, number>): void {
  for (const [table, was] of were) {
    const is = are.get(table)!;
    if (was > FEW_ROWS && is < was * LEAST_SHARE)
      throw new Error(
        `the streams make ${is} of ${was} ${table}: they do not hold everything; nothing was switched`,
      );
  }
}

/** Resolves when the consumers have settled everything that the streams held a moment ago. @returns how much that was */
async function caughtUp(
  bus: Bus,
  consumer: string,
  producers: readonly string[],
  timeoutMs = Number.POSITIVE_INFINITY,
): Promise<number> {
  const deadline = performance.now() + timeoutMs;
  let facts = 0;
  for (const producer of producers) {
    const stream = streamOf(producer);
    const { state } = await bus.manager.streams.info(stream);
    facts += state.messages;
    for (;;) {
      const { ack_floor } = await bus.manager.consumers.info(stream, `${consumer}__${producer}`);
      if (ack_floor.stream_seq >= state.last_seq) break;
      if (performance.now() > deadline)
        throw new Error(
          `the copy did not catch up with ${producer} in ${timeoutMs / 1000} s; nothing was switched`,
        );
      await delay(POLL_MS);
    }
  }
  return facts;
}

async function forget(bus: Bus, producer: string, consumer: string): Promise<void> {
  await bus.ensureStream(producer);
  await bus.manager.consumers.delete(streamOf(producer), consumer).catch(() => undefined);
}
