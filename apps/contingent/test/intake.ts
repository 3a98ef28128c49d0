import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  getRosterJob,
  submitRoster,
  type RosterJobView,
  type RosterState,
} from '@parta/contracts-contingent';
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
import { RpcClient, startService, type Clock, type RunningService } from '@parta/platform-rpc';
import { Client } from 'pg';
import { contingentMigrations, contingentService, type ContingentConfig } from '../src/contingent.js';
import type { PackageBuilder } from '../src/roster-intake/package/testing/package-builder.js';

/** The sample district of the repository: three schools, 2,155 users, 11,115 enrolments. */
export const DEMO_PACKAGE = join(import.meta.dirname, '../../../tools/demo/data/district-oneroster.zip');

const SCOPES = ['roster.write', 'roster.read', 'roster.decide'];

/** The service on a real PostgreSQL and NATS, with a regional system that pushes packages. */
export class Intake {
  private constructor(
    readonly database: TestDatabase,
    readonly keys: TestKeys,
    readonly bus: Bus,
    readonly files: FileStore,
    readonly rpc: RpcClient,
    /** a superuser's connection, which row-level security does not bind */
    readonly admin: Client,
    readonly clientToken: string,
    readonly operatorToken: string,
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
      new RpcClient(bus.nats),
      admin,
      await keys.clientToken('kontingent', SCOPES),
      await keys.tokenOf([{ role: 'regional-operator', schoolId: null, personId: null }]),
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

  /** Stores a package as the gateway does and submits it; answers the job's id. */
  async submit(
    packet: string | PackageBuilder,
    options: { token?: string; dryRun?: boolean; idempotencyKey?: string } = {},
  ): Promise<string> {
    const path = typeof packet === 'string' ? packet : await packet.write();
    const stored = await this.files.put(createReadStream(path), 256 * 1024 * 1024);
    const { id } = await this.rpc.call(
      submitRoster,
      { uploadId: stored.id, sha256: stored.sha256, size: stored.size, dryRun: options.dryRun ?? false },
      { token: options.token ?? this.clientToken, idempotencyKey: options.idempotencyKey ?? null },
    );
    return id;
  }

  /** The job once it has come to an end, or waits for a person. */
  async settled(id: string, timeoutMs = 60_000): Promise<RosterJobView> {
    return eventually(
      async () => {
        const job = await this.rpc.call(getRosterJob, { id }, { token: this.operatorToken });
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
    options: { token?: string; dryRun?: boolean } = {},
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

export const sha256Of = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
