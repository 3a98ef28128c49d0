import { join } from 'node:path';
import { startEmbeddedNats, startEmbeddedPostgres } from '@parta/platform-embedded';
import { migrate, provisionDatabase, type ServiceDatabaseUrls } from '@parta/platform-persistence';
import { Client } from 'pg';
import { passwordOfRole, secretsIn, type Secrets } from './secrets.js';
import { migrationSets } from './services.js';

const DATABASE = 'parta';

export interface InstallationOptions {
  /** where everything of the installation is kept */
  dataDir: string;
  databasePort: number;
  natsPort: number;
  /** PostgreSQL to use instead of an embedded one, as a role that may create databases and roles */
  adminDatabaseUrl?: string;
  /** a NATS server to use instead of an embedded one */
  natsUrl?: string;
  /** settings of the embedded PostgreSQL beyond its own */
  databaseSettings?: Record<string, string>;
  /** one line for each step of the start */
  step: (line: string) => void;
}

/** What every service stands on: the servers, the schemas brought up to date, the secrets. */
export interface Installation {
  secrets: Secrets;
  natsUrl: string;
  /** a superuser's, in Parta's own database */
  adminUrl: string;
  urls: Record<string, ServiceDatabaseUrls>;
  /** processes of the embedded servers */
  serverPids: number[];
  stop(): Promise<void>;
}

/** Starts PostgreSQL and NATS where none are given, then provisions and migrates; stops what has started when a step fails. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { dataDir, step } = options;
  const stops: (() => Promise<void>)[] = [];
  const serverPids: number[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const secrets = await secretsIn(join(dataDir, 'secrets.json'));
    let { adminDatabaseUrl, natsUrl } = options;
    if (!adminDatabaseUrl) {
      step('PostgreSQL');
      const postgres = await startEmbeddedPostgres({
        dataDir: join(dataDir, 'postgres'),
        port: options.databasePort,
        password: secrets.databasePassword,
        settings: options.databaseSettings,
      });
      stops.push(() => postgres.stop());
      serverPids.push(postgres.pid);
      adminDatabaseUrl = postgres.url;
    }
    if (!natsUrl) {
      step('NATS');
      const nats = await startEmbeddedNats({
        storeDir: join(dataDir, 'nats'),
        port: options.natsPort,
        cacheDir: join(dataDir, 'cache'),
        find: { log: step },
      });
      stops.push(() => nats.stop());
      serverPids.push(nats.pid);
      natsUrl = nats.url;
    }
    step('database schemas');
    const urls = await bringUpToDate(adminDatabaseUrl, secrets, step);
    return { secrets, natsUrl, adminUrl: partaOn(adminDatabaseUrl), urls, serverPids, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Provisions the database with its schemas and roles, and migrates each schema; a second run changes nothing. */
export async function bringUpToDate(
  adminDatabaseUrl: string,
  secrets: Secrets,
  step: (line: string) => void,
): Promise<Record<string, ServiceDatabaseUrls>> {
  const urls = await provisionDatabase({
    adminUrl: adminDatabaseUrl,
    database: DATABASE,
    services: migrationSets.map((set) => set.service),
    passwordOf: (role) => passwordOfRole(secrets, role),
  });
  for (const set of migrationSets) {
    const ran = await migrate(urls[set.service]!.owner, set);
    if (ran.length > 0) step(`  ${set.service}: ${ran.join(', ')}`);
  }
  return urls;
}

/** The administrator's URL in Parta's own database. */
export function partaOn(adminDatabaseUrl: string): string {
  const url = new URL(adminDatabaseUrl);
  url.pathname = `/${DATABASE}`;
  return url.href;
}

/** Tells the planner what a bulk load has brought; autovacuum would a minute later, and until then plans are bad. */
export async function analyze(adminUrl: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query('analyze');
  } finally {
    await admin.end();
  }
}
