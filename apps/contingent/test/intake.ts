import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { RosterJobRef, RosterJobView, RosterState, SubmitRoster } from '@parta/contracts-contingent';
import type { Envelope } from '@parta/platform-contract';
import { Bus, FileStore, UPLOADS } from '@parta/platform-messaging';
import {
  createTestDatabase,
  createTestKeys,
  eventually,
  testServers,
  type TestDatabase,
  type TestKeys,
} from '@parta/platform-testing';
import { Database, NO_SCHOOL } from '@parta/platform-persistence';
import { Actor, startService, type Clock, type RunningService } from '@parta/platform-rpc';
import { Client } from 'pg';
import { contingentMigrations, contingentService, type ContingentConfig } from '../src/contingent.js';
import { DecideParkedRosterUseCase } from '../src/roster-intake/decide-parked-roster/decide-parked-roster.js';
import { GetRosterJobUseCase } from '../src/roster-intake/get-roster-job/get-roster-job.js';
import { SubmitRosterUseCase } from '../src/roster-intake/submit-roster/submit-roster.js';
import type { PackageBuilder } from '../src/roster-intake/package/testing/package-builder.js';

/** The sample district of the repository: three schools, 2,155 users, 11,115 enrolments. */
export const DEMO_PACKAGE = join(import.meta.dirname, '../../../tools/demo/data/district-oneroster.zip');

export const clientActor = (id: string): Actor => new Actor('client', id, id, null, [], []);
/** The regional system that pushes packages unless a spec says another. */
export const KONTINGENT = clientActor('kontingent');
export const OPERATOR = new Actor(
  'account',
  '01a20000-0000-7000-8000-000000000001',
  'Тестовый Пользователь',
  null,
  [{ role: 'regional-operator', schoolId: null, personId: null }],
  [],
);

/**
 * The service on a real PostgreSQL and NATS. Its use cases are called as the platform calls them, but not over NATS: specs
 * that run side by side share the server, and would answer each other.
 */
export class Intake {
  private constructor(
    readonly database: TestDatabase,
    readonly keys: TestKeys,
    readonly bus: Bus,
    readonly files: FileStore,
    /** a superuser's connection, which row-level security does not bind */
    readonly admin: Client,
    private readonly config: ContingentConfig,
    private readonly clock: Clock | undefined,
  ) {}

  service: RunningService | undefined;

  /** Prepares everything; the service runs unless `isStopped`. */
  static async open(
    options: { config?: Partial<ContingentConfig>; clock?: Clock; isStopped?: boolean } = {},
  ): Promise<Intake> {
    const database = await createTestDatabase(contingentMigrations);
    const keys = await createTestKeys();
    const bus = await Bus.connect(testServers().natsUrl, 'contingent-test');
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query('set search_path to contingent');
    const intake = new Intake(
      database,
      keys,
      bus,
      await FileStore.open(bus, UPLOADS.bucket, UPLOADS.keepDays),
      admin,
      { defaultTimeZone: 'Europe/Samara', ...options.config },
      options.clock,
    );
    if (!options.isStopped) await intake.start();
    return intake;
  }

  async start(): Promise<void> {
    this.service = await startService(contingentService(this.config), {
      databaseUrl: this.database.urls.contingent!.runtime,
      natsUrl: testServers().natsUrl,
      tokenKeys: this.keys.keySet,
      clock: this.clock,
    });
  }

  async stop(): Promise<void> {
    await this.service?.stop();
    this.service = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.bus.close();
    await this.admin.end();
    await this.database.drop();
  }

  /** Stores a file as the gateway does. */
  async store(packet: string | PackageBuilder): Promise<SubmitRoster> {
    const path = typeof packet === 'string' ? packet : await packet.write();
    const { id, sha256, size } = await this.files.put(createReadStream(path), 256 * 1024 * 1024);
    return { uploadId: id, sha256, size };
  }

  /** Stores a package and submits it; answers the job's id. */
  async submit(
    packet: string | PackageBuilder,
    options: { as?: Actor; dryRun?: boolean } = {},
  ): Promise<string> {
    return this.enqueue(await this.store(packet), options);
  }

  async enqueue(file: SubmitRoster, options: { as?: Actor; dryRun?: boolean } = {}): Promise<string> {
    const { service } = this;
    const input = { ...file, dryRun: options.dryRun ?? false };
    const { id } = await service!
      .get(Database)
      .write(NO_SCHOOL, () => service!.get(SubmitRosterUseCase).submit(input, options.as ?? KONTINGENT));
    return id;
  }

  async decide(id: string, decision: 'apply' | 'refuse', reason: string): Promise<RosterJobRef> {
    const { service } = this;
    return service!
      .get(Database)
      .write(NO_SCHOOL, () =>
        service!.get(DecideParkedRosterUseCase).decide({ id, decision, reason }, OPERATOR),
      );
  }

  async job(id: string, as = OPERATOR): Promise<RosterJobView> {
    const { service } = this;
    return service!.get(Database).read(NO_SCHOOL, () => service!.get(GetRosterJobUseCase).get({ id }, as));
  }

  /** The job once it has come to an end, or waits for a person. */
  async settled(id: string, timeoutMs = 60_000): Promise<RosterJobView> {
    return eventually(
      async () => {
        const job = await this.job(id);
        if (job.state === 'queued' || job.state === 'running')
          throw new Error(`${job.state}, ${job.progress} %`);
        return job;
      },
      { timeoutMs, describe: 'the package to be processed' },
    );
  }

  /** Submits and waits. */
  async push(
    packet: string | PackageBuilder,
    options: { as?: Actor; dryRun?: boolean } = {},
  ): Promise<RosterJobView> {
    return this.settled(await this.submit(packet, options));
  }

  /** Submits, and fails with the job's own words unless it comes to this state. */
  async expectPush(state: RosterState, packet: string | PackageBuilder): Promise<RosterJobView> {
    const job = await this.push(packet);
    if (job.state !== state)
      throw new Error(`${job.state}: ${job.reason}\n${JSON.stringify(job.errors.slice(0, 5), null, 1)}`);
    return job;
  }

  /** The facts said since the given number of them. */
  async factsSince(count: number): Promise<Envelope[]> {
    const { rows } = await this.admin.query<{ envelope: string }>(
      'select envelope from outbox order by position offset $1',
      [count],
    );
    return rows.map((row) => JSON.parse(row.envelope) as Envelope);
  }

  async countOf(table: string, condition = 'true'): Promise<number> {
    const { rows } = await this.admin.query(`select count(*)::int as count from ${table} where ${condition}`);
    return rows[0].count as number;
  }
}
