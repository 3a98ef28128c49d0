import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startEmbeddedNats } from '@parta/platform-embedded';
import { Bus } from '@parta/platform-messaging';
import type { MigrationSet } from '@parta/platform-persistence';
import { RpcClient, type ServiceSurroundings } from '@parta/platform-rpc';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from './database.js';
import { createTestKeys, type TestKeys } from './tokens.js';

/** A NATS server and a database of their own for one spec file, so that spec files do not hear each other. */
export interface TestBed {
  natsUrl: string;
  database: TestDatabase;
  keys: TestKeys;
  bus: Bus;
  rpc: RpcClient;
  /** a superuser's connection, to look behind the services' backs */
  admin: Client;
  /** what a service needs to start here */
  surroundingsOf(service: string): Pick<ServiceSurroundings, 'databaseUrl' | 'natsUrl' | 'tokenKeys'>;
  /** How many rows there are, by SQL of the test's own. */
  count(table: string, where?: string): Promise<number>;
  close(): Promise<void>;
}

/** Opens a bed with the schemas of these services; nothing runs in it yet. */
export async function openTestBed(sets: readonly MigrationSet[], knownKeys?: TestKeys): Promise<TestBed> {
  const nats = await startTestNats();
  const database = await createTestDatabase(...sets);
  const keys = knownKeys ?? (await createTestKeys());
  const bus = await Bus.connect(nats.url, 'test');
  const admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  return {
    natsUrl: nats.url,
    database,
    keys,
    bus,
    rpc: new RpcClient(bus.nats),
    admin,
    surroundingsOf: (service) => ({
      databaseUrl: database.urls[service]!.runtime,
      natsUrl: nats.url,
      tokenKeys: keys.keySet,
    }),
    count: async (table, where = 'true') => {
      const { rows } = await admin.query(`select count(*)::int as n from ${table} where ${where}`);
      return rows[0].n as number;
    },
    close: async () => {
      await bus.close();
      await admin.end();
      await database.drop();
      await nats.stop();
    },
  };
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
