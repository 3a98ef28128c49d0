import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Migration } from '@mikro-orm/migrations';
import { DomainError } from '@parta/platform-errors';
import { correlation, createLogger } from '@parta/platform-observability';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { JobWorker, type JobClaim, type JobProgress, type JobQueue } from '@parta/platform-rpc';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from './database.js';
import { eventually } from './eventually.js';

const SERVICE = 'errands';

class InitialSchema extends Migration {
  override up(): void {
    this.addSql(`create table "${SERVICE}".jobs (
      position bigint generated always as identity, id uuid primary key, name text not null, state text not null default 'waiting',
      progress int not null default 0, attempts int not null default 0, token uuid, lease_until timestamptz,
      run_after timestamptz not null default now(), correlation_id text not null, refusal text)`);
  }
}

interface Errand extends JobClaim {
  name: string;
}

/** The least a queue can be. */
class Errands implements JobQueue<Errand> {
  failedLooks = 0;

  constructor(private readonly database: Database) {}

  async claim(token: string): Promise<Errand | null> {
    try {
      return await this.next(token);
    } catch (error) {
      this.failedLooks += 1;
      throw error;
    }
  }

  private next(token: string): Promise<Errand | null> {
    return this.database.write(NO_SCHOOL, () =>
      this.database.row<Errand>(sql`
        update jobs set state = 'running', attempts = attempts + 1, token = ${token}, lease_until = now() + interval '30 s'
        where id = (select id from jobs where state = 'waiting' and run_after <= now()
            or state = 'running' and lease_until < now() order by position limit 1 for update skip locked)
        returning id, name, token, correlation_id as "correlationId"`),
    );
  }

  async heartbeat(job: Errand, percent: number): Promise<boolean> {
    const changes = sql`progress = ${percent}, lease_until = now() + interval '30 s'`;
    return (await this.change(job, changes)) === 1;
  }

  async release(job: Errand, after: number, isCounted: boolean): Promise<void> {
    await this.change(
      job,
      sql`state = 'waiting', progress = 0, token = null, attempts = attempts - ${isCounted ? 0 : 1},
        run_after = now() + make_interval(secs => ${after})`,
    );
  }

  finish(job: Errand): Promise<number> {
    return this.change(job, sql`state = 'done', progress = 100, token = null`);
  }

  refuse(job: Errand, code: string): Promise<number> {
    return this.change(job, sql`state = 'refused', token = null, refusal = ${code}`);
  }

  private change(job: Errand, changes: ReturnType<typeof sql>): Promise<number> {
    return this.database.write(NO_SCHOOL, () =>
      this.database.run(sql`update jobs set ${changes} where id = ${job.id} and token = ${job.token}`),
    );
  }
}

type Work = (job: Errand, progress: JobProgress) => Promise<void>;

class ErrandWorker extends JobWorker<Errand> {
  constructor(
    readonly errands: Errands,
    private readonly how: Work,
  ) {
    super('errand', errands, createLogger(SERVICE));
  }

  protected async work(job: Errand, progress: JobProgress): Promise<void> {
    await this.how(job, progress);
    await this.errands.finish(job);
  }

  protected override refuse(job: Errand, error: DomainError): Promise<number> {
    return this.errands.refuse(job, error.code);
  }
}

/** Work that lasts until it is told to end. */
const untilTold: Work = async (_, { signal }) => {
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  signal.throwIfAborted();
};

describe('the worker of a queue', () => {
  let test: TestDatabase;
  let database: Database;
  let admin: Client;
  let workers: ErrandWorker[];

  const started = (how: Work): ErrandWorker => {
    const worker = new ErrandWorker(new Errands(database), how);
    workers.push(worker);
    worker.onApplicationBootstrap();
    return worker;
  };
  const put = async (name: string): Promise<string> => {
    const id = randomUUID();
    await admin.query(`insert into jobs (id, name, correlation_id) values ($1, $2, $3)`, [
      id,
      name,
      `of ${name}`,
    ]);
    return id;
  };
  const jobOf = async (id: string) => (await admin.query('select * from jobs where id = $1', [id])).rows[0];
  const becomes = (id: string, expected: object) =>
    eventually(async () => expect(await jobOf(id)).toMatchObject(expected));

  beforeEach(async () => {
    test = await createTestDatabase({ service: SERVICE, migrations: [InitialSchema] });
    database = await Database.open({ service: SERVICE, url: test.urls[SERVICE]!.runtime, entities: [] });
    admin = new Client({ connectionString: test.adminUrl });
    await admin.connect();
    await admin.query(`set search_path to "${SERVICE}"`);
    workers = [];
  }, 30_000);

  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.onModuleDestroy()));
    await admin.end();
    await database.close();
    await test.drop();
  });

  it('does the jobs in their order, each under the correlation of who has ordered it', async () => {
    const done: unknown[] = [];
    const first = await put('first');
    const second = await put('second');
    const worker = started(async ({ name }) => void done.push([name, correlation.get()?.correlationId]));
    await becomes(first, { state: 'done', attempts: 1 });
    await becomes(second, { state: 'done', attempts: 1 });
    const third = await put('third');
    worker.wake();
    await becomes(third, { state: 'done' });
    expect(done).toEqual([
      ['first', 'of first'],
      ['second', 'of second'],
      ['third', 'of third'],
    ]);
  });

  it('renews its lease and tells how far it is', async () => {
    const id = await put('long');
    started(async (job, progress) => {
      progress.phase(20, 60)(0.5);
      await untilTold(job, progress);
    });
    await becomes(id, { state: 'running', progress: 40 });
    await admin.query(`update jobs set lease_until = now() where id = $1`, [id]);
    await eventually(async () => {
      const { rows } = await admin.query(`select lease_until > now() + interval '20 s' as held from jobs`);
      expect(rows).toEqual([{ held: true }]);
    });
  });

  it('ends work on a job that was taken from it', async () => {
    const id = await put('stolen');
    const ends: unknown[] = [];
    started(async (job, progress) => {
      await untilTold(job, progress).catch((error: Error) => ends.push(error.message));
      progress.signal.throwIfAborted();
    });
    await becomes(id, { state: 'running' });
    await admin.query(`update jobs set token = $2 where id = $1`, [id, randomUUID()]);
    await eventually(() => expect(ends).toEqual([`the claim on errand ${id} is lost`]));
    expect(await jobOf(id)).toMatchObject({ state: 'running', attempts: 1 });
  });

  it('takes up the job of a worker that has died', async () => {
    const id = await put('orphan');
    await admin.query(
      `update jobs set state = 'running', attempts = 1, token = $2, lease_until = now() - interval '1 s' where id = $1`,
      [id, randomUUID()],
    );
    started(async () => undefined);
    await becomes(id, { state: 'done', attempts: 2 });
  });

  it('gives its job back at once when the service stops', async () => {
    const id = await put('interrupted');
    const worker = started(untilTold);
    await becomes(id, { state: 'running' });
    await worker.onModuleDestroy();
    expect(await jobOf(id)).toMatchObject({ state: 'waiting', attempts: 0, token: null });
    started(async () => undefined);
    await becomes(id, { state: 'done', attempts: 1 });
  });

  it('lets a refused job end, and tries a failed one later', async () => {
    const failures: Record<string, Error> = {
      refused: new DomainError('invalid', 'errands.nobody-there', 'nobody is there'),
      failed: new Error('stumbled'),
      unlucky: Object.assign(new Error('the database restarts'), { code: '57P01' }),
    };
    const ids: Record<string, string> = {};
    for (const name of Object.keys(failures)) ids[name] = await put(name);
    started(async ({ name }) => {
      throw failures[name]!;
    });
    await becomes(ids.refused!, { state: 'refused', refusal: 'errands.nobody-there' });
    await becomes(ids.failed!, { state: 'waiting', attempts: 1 });
    await becomes(ids.unlucky!, { state: 'waiting', attempts: 0 });
    const { rows } = await admin.query(`select 1 from jobs where state = 'waiting' and run_after < now()`);
    expect(rows).toEqual([]);
  });

  it('outlives a queue that is away for a while', async () => {
    await admin.query('alter table jobs rename to jobs_away');
    const worker = started(async () => undefined);
    await eventually(() => expect(worker.errands.failedLooks).toBeGreaterThan(0));
    await admin.query('alter table jobs_away rename to jobs');
    const id = await put('late');
    worker.wake();
    await becomes(id, { state: 'done' });
  });
});
