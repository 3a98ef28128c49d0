import { AsyncLocalStorage } from 'node:async_hooks';
import type { AnyEntity, EntitySchema } from '@mikro-orm/core';
import { MikroORM, type EntityManager } from '@mikro-orm/postgresql';
import type { CompiledQuery, QueryResult } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import type { Tracing } from '@parta/platform-observability';
import { cutDeadLines } from './dead-lines.js';
import { inOnePacket, preparedQuery, type Query } from './packets.js';
import { sql, type SqlFragment } from './sql.js';
import { traceStatements } from './trace-statements.js';

/** Which schools' rows a unit of work may see; row-level security enforces it whatever the query says. */
export interface TenantScope {
  schools: readonly string[];
}

/** A scope for tables that belong to no school (accounts, jobs of the region). School-owned rows are invisible in it. */
export const NO_SCHOOL: TenantScope = { schools: [] };

export interface DatabaseOptions {
  service: string;
  /** URL of the service's runtime role: it owns nothing and cannot change the schema */
  url: string;
  entities: readonly (EntitySchema | (new () => AnyEntity))[];
  poolSize?: number;
  /** hooks after a commit do not run: a rebuild of what is known already has nothing to announce */
  isSilent?: boolean;
  tracing?: Tracing;
  /**
   * A statement is planned once for each connection. Right where rows are found by keys alone; where a plan depends on what is
   * asked for, PostgreSQL has to weigh it each time, as it does by itself.
   */
  keepsPlans?: boolean;
  /** schema in which unqualified names are looked for, instead of the role's own */
  searchPath?: string;
}

/** A server that does not answer is waited for no longer than whoever asked waits. */
const CONNECT_MS = 5000;

interface UnitOfWork {
  em: EntityManager | null;
  /** null where only reading is allowed */
  makeEm: (() => EntityManager) | null;
  query: Query;
  /** what was sent and not waited for */
  sent: Promise<unknown>[];
  /** what is to be sent inside the transaction, after the work and before the commit, such as the outbox */
  beforeCommit: (() => void)[];
  afterCommit: (() => void)[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * A service's database: units of work under row-level security, the entity manager for writes, plain SQL for reads.
 * Everything between `write` or `read` and its end runs in one transaction on one connection.
 */
export class Database {
  private readonly current = new AsyncLocalStorage<UnitOfWork>();
  private isEnding = false;

  private constructor(
    readonly service: string,
    readonly orm: MikroORM,
    readonly pool: Pool,
    private readonly isSilent: boolean,
    private readonly endWatch: () => void,
  ) {}

  static async open(options: DatabaseOptions): Promise<Database> {
    const orm = await MikroORM.init({
      clientUrl: options.url,
      contextName: options.service,
      entities: options.entities as (new () => AnyEntity)[],
      // A service without entities of its own (all reads and bulk SQL) is legitimate.
      discovery: { warnWhenNoEntities: false },
      schema: options.service,
      pool: { min: 0, max: options.poolSize ?? 10, idleTimeoutMillis: 30_000 },
      driverOptions: {
        application_name: `parta-${options.service}`,
        connectionTimeoutMillis: CONNECT_MS,
        keepAlive: true,
        pipeline: true,
        options: serverOptions(options),
      },
      forceUtcTimezone: true,
      ensureDatabase: false,
      debug: false,
    });
    const pool = (await (
      orm.em.getConnection() as unknown as { getNativeClient(): Promise<Pool> }
    ).getNativeClient()) as Pool;
    if (options.tracing?.isOn) traceStatements(pool, options.tracing, options.service);
    return new Database(
      options.service,
      orm,
      pool,
      options.isSilent ?? false,
      cutDeadLines(pool, options.url),
    );
  }

  async close(): Promise<void> {
    this.endWatch();
    await this.orm.close(true);
  }

  /** The service stops: what is still at work fails at its next statement and is rolled back. */
  endWork(): void {
    this.isEnding = true;
  }

  /** The entity manager of the running unit of work. */
  get em(): EntityManager {
    const unit = this.unit();
    if (!unit.makeEm) throw new Error('a read-only unit of work has no entity manager');
    return (unit.em ??= unit.makeEm());
  }

  /** The running unit of work, to keep something by it. */
  get unitOfWork(): object {
    return this.unit();
  }

  /** All rows of a query within the running unit of work. */
  async rows<T>(fragment: SqlFragment): Promise<T[]> {
    const { text, values } = fragment.compile();
    return (await this.unit().query(text, values)).rows as T[];
  }

  /** The first row, or null. */
  async row<T>(fragment: SqlFragment): Promise<T | null> {
    return (await this.rows<T>(fragment))[0] ?? null;
  }

  /** Runs a statement; answers how many rows it touched. */
  async run(fragment: SqlFragment): Promise<number> {
    const { text, values } = fragment.compile();
    return (await this.unit().query(text, values)).count;
  }

  /**
   * Sends a statement whose answer nobody waits for. It runs before whatever is sent after it, and the commit takes place
   * only if it succeeds: if it fails, `write` rejects with its error.
   */
  send(fragment: SqlFragment): void {
    const { text, values } = fragment.compile();
    const unit = this.unit();
    const answer = unit.query(text, values);
    answer.catch(() => undefined);
    unit.sent.push(answer);
  }

  /** From here on the running unit of work sees these schools: for work that has to find out first which they are. */
  see(scope: TenantScope): void {
    this.send(sql`select set_config('app.schools', ${schoolList(scope)}, true)`);
  }

  /** Runs `work` in one transaction; entity changes are flushed and `beforeCommit` hooks run before the commit. */
  async write<T>(scope: TenantScope, work: () => Promise<T>): Promise<T> {
    const unit = await this.transact(scope, 'begin', async (current) => {
      const value = await work();
      await current.em?.flush();
      for (const hook of current.beforeCommit) hook();
      return value;
    });
    if (!this.isSilent) for (const hook of unit.afterCommit) hook();
    return unit.result;
  }

  /** Runs `work` in one read-only transaction with plain SQL only. Nobody waits for its end: nothing depends on that. */
  async read<T>(scope: TenantScope, work: () => Promise<T>): Promise<T> {
    return (await this.transact(scope, 'begin read only', work)).result;
  }

  /**
   * One transaction on one connection, with prepared statements, straight to the driver: most work is plain SQL, and an
   * entity manager costs more than the statements. It is made when something asks for it, on the same connection. The
   * connection is a pipeline: what needs no answer from before is sent without waiting for it.
   */
  private async transact<T>(
    scope: TenantScope,
    begin: 'begin' | 'begin read only',
    work: (unit: UnitOfWork) => Promise<T>,
  ): Promise<UnitOfWork & { result: T }> {
    const client = await this.pool.connect();
    let ended: Promise<unknown> = Promise.resolve();
    const sent: Promise<unknown>[] = [];
    const failures: unknown[] = [];
    try {
      const beforeSending = inOnePacket(client);
      const prepared = preparedQuery(client, beforeSending);
      const query: Query = (text, values) => {
        const answer = prepared(text, values);
        answer.catch((error: unknown) => failures.push(error));
        return answer;
      };
      beforeSending();
      // School ids are checked to be UUIDs, so they may stand in the text. Nothing waits for the answer alone.
      sent.push(client.query(`${begin}; set local app.schools = '${schoolList(scope)}'`));
      sent[0]!.catch(() => undefined);
      const unit: UnitOfWork = {
        em: null,
        query,
        makeEm: begin === 'begin' ? () => this.entityManagerOn(client) : null,
        sent,
        beforeCommit: [],
        afterCommit: [],
      };
      const result = await this.current.run(unit, () => work(unit));
      beforeSending();
      if (begin === 'begin read only') {
        ended = client.query('commit');
      } else {
        const [{ command }] = await Promise.all([client.query('commit'), ...sent]);
        // Of a transaction in which a statement has failed the server makes a rollback, and calls that a success.
        if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
      }
      return Object.assign(unit, { result });
    } catch (error) {
      ended = client.query('rollback');
      await ended.catch(() => undefined);
      // Statements that travel together fail together, and whoever waits for them may hear first of one that was only skipped.
      throw isConsequence(error) ? (failures.find((one) => !isConsequence(one)) ?? error) : error;
    } finally {
      ended.then(
        () => client.release(),
        (error: Error) => client.release(error),
      );
    }
  }

  private entityManagerOn(client: PoolClient): EntityManager {
    const em = this.orm.em.fork();
    em.setTransactionContext(transactionOn(client) as never);
    return em as EntityManager;
  }

  /** Runs `hook` when the work is done, just before the commit: the last moment to `send` something. */
  beforeCommit(hook: () => void): void {
    this.unit().beforeCommit.push(hook);
  }

  /** Runs `hook` once the transaction is committed. */
  afterCommit(hook: () => void): void {
    this.unit().afterCommit.push(hook);
  }

  /** Whether a unit of work is running in this async context. */
  get isInside(): boolean {
    return this.current.getStore() !== undefined;
  }

  private unit(): UnitOfWork {
    const unit = this.current.getStore();
    if (!unit) throw new Error('no unit of work is running: use Database.write or Database.read');
    if (this.isEnding) throw new Error('the service is stopping');
    return unit;
  }
}

const serverOptions = ({ searchPath, keepsPlans }: DatabaseOptions): string | undefined =>
  [searchPath && `-c search_path=${searchPath}`, keepsPlans && '-c plan_cache_mode=force_generic_plan']
    .filter(Boolean)
    .join(' ') || undefined;

function schoolList(scope: TenantScope): string {
  for (const id of scope.schools) if (!UUID.test(id)) throw new Error(`not a school id: ${id}`);
  return scope.schools.join(',');
}

/** in_failed_sql_transaction: what the server says to everything after the statement that failed */
const isConsequence = (error: unknown): boolean => (error as { code?: string }).code === '25P02';

const CHANGING = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** A transaction as the entity manager knows it: of its query builder's transaction it uses this alone. */
function transactionOn(client: PoolClient) {
  return {
    async executeQuery(compiled: CompiledQuery): Promise<QueryResult<unknown>> {
      const { command, rowCount, rows } = await client.query(compiled.sql, [...compiled.parameters]);
      return { rows, ...(CHANGING.has(command) && { numAffectedRows: BigInt(rowCount ?? 0) }) };
    },
  };
}
