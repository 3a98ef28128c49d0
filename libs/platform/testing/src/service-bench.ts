import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { subjectOf, type Fact } from '@parta/platform-contract';
import { freePort, startEmbeddedNats } from '@parta/platform-embedded';
import { Bus } from '@parta/platform-messaging';
import type { MigrationSet } from '@parta/platform-persistence';
import {
  Clock,
  RpcClient,
  startService,
  type RunningService,
  type ServiceDefinition,
} from '@parta/platform-rpc';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from './database.js';
import { createTestKeys, type TestKeys } from './tokens.js';

/** A clock that stands where the test puts it. */
export class TestClock extends Clock {
  constructor(private instant: Date) {
    super();
  }

  override now(): Date {
    return this.instant;
  }

  set(instant: Date | string): void {
    this.instant = new Date(instant);
  }
}

/** One service on a database and a NATS server of its own, so that spec files do not hear each other. */
export interface ServiceBench {
  service: RunningService;
  rpc: RpcClient;
  bus: Bus;
  keys: TestKeys;
  database: TestDatabase;
  /** a superuser's connection, to look behind the service's back */
  admin: Client;
  /** publishes a fact as its producer would */
  publish<D extends object>(fact: Fact<D>, about: PublishedAbout, data: D): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a service for a spec file. */
export async function startServiceBench(
  definition: ServiceDefinition,
  migrations: MigrationSet,
  options: { clock?: Clock; keys?: TestKeys } = {},
): Promise<ServiceBench> {
  const nats = await startTestNats();
  const database = await createTestDatabase(migrations);
  const keys = options.keys ?? (await createTestKeys());
  const service = await startService(definition, {
    databaseUrl: database.urls[migrations.service]!.runtime,
    natsUrl: nats.url,
    tokenKeys: keys.keySet,
    clock: options.clock,
  });
  const bus = await Bus.connect(nats.url, 'bench');
  const admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query(`set search_path to "${migrations.service}"`);
  return {
    service,
    rpc: new RpcClient(bus.nats),
    bus,
    keys,
    database,
    admin,
    publish: (fact, about, data) => publishFact(bus, fact, about, data),
    stop: async () => {
      await service.stop();
      await bus.close();
      await admin.end();
      await database.drop();
      await nats.stop();
    },
  };
}

export interface PublishedAbout {
  schoolId: string | null;
  aggregateId: string;
  version: number;
  /** now unless said */
  occurredAt?: Date;
}

/** Publishes a fact as its producer would. */
export async function publishFact<D extends object>(
  bus: Bus,
  fact: Fact<D>,
  about: PublishedAbout,
  data: D,
): Promise<void> {
  await bus.ensureStream(fact.service);
  const id = uuidv7();
  await bus.jetStream.publish(
    subjectOf(fact.type, about.schoolId),
    JSON.stringify({
      id,
      type: fact.type,
      version: fact.version,
      source: fact.service,
      schoolId: about.schoolId,
      aggregateId: about.aggregateId,
      aggregateVersion: about.version,
      occurredAt: (about.occurredAt ?? new Date()).toISOString(),
      actor: null,
      correlationId: id,
      causationId: null,
      data,
    }),
  );
}

/** A NATS server for one spec file; it starts in the blink of an eye. */
export async function startTestNats(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), `parta-test-${process.pid}-nats-`));
  const server = await startEmbeddedNats({
    storeDir: folder,
    port: await freePort(),
    cacheDir: join(import.meta.dirname, '../../../../.parta/cache'),
  });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
