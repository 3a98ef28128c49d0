import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  KeptServer,
  startEmbeddedNats,
  startEmbeddedNatsCluster,
  startEmbeddedPostgres,
} from '@parta/platform-embedded';
import { migrate, provisionDatabase, type ServiceDatabaseUrls } from '@parta/platform-persistence';
import { Bus, probeStore } from '@parta/platform-messaging';
import { Client } from 'pg';
import { BUS_OPERATOR, busLock, busUrlOf } from './bus-lock.js';
import { JetStreamWatch } from './jetstream-watch.js';
import { passwordOfRole, secretsIn, type Secrets } from './secrets.js';
import { migrationSets } from './services.js';

const DATABASE = 'parta';
const PROBE_MS = 5000;

export interface InstallationOptions {
  /** where everything of the installation is kept */
  dataDir: string;
  databasePort: number;
  natsPort: number;
  /** PostgreSQL to use instead of an embedded one, as a role that may create databases and roles */
  adminDatabaseUrl?: string;
  /** a NATS server, or several of a cluster, comma-separated, to use instead of an embedded one */
  natsUrl?: string;
  /** that server has a user for each service, as `busLock` makes them of this installation's secrets */
  hasBusUsers?: boolean | undefined;
  /** the embedded NATS as a cluster of these nodes, in place of the one at `natsPort` */
  natsNodes?: readonly { port: number; clusterPort: number }[];
  /** settings of the embedded PostgreSQL beyond its own */
  databaseSettings?: Record<string, string>;
  /** how often an embedded NATS is looked after; every 5 s unless given */
  busWatchMs?: number;
  /** one line for each step of the start */
  step: (line: string) => void;
}

/** What every service stands on: the servers, the schemas brought up to date, the secrets. */
export interface Installation {
  secrets: Secrets;
  /** for tools of the installation, which may do everything there */
  natsUrl: string;
  /** the address of NATS for a service or the gateway, which may do there what it needs */
  natsUrlOf: (user: string) => string;
  /** a superuser's, in Parta's own database */
  adminUrl: string;
  urls: Record<string, ServiceDatabaseUrls>;
  /** PostgreSQL where it is embedded */
  postgres: KeptServer | undefined;
  /** what is embedded of NATS: one server, or the nodes of a cluster */
  natsNodes: readonly KeptServer[];
  /** of an embedded NATS that is one server: whether it keeps what it is given */
  busWatch: JetStreamWatch | undefined;
  stop(): Promise<void>;
}

/** Starts PostgreSQL and NATS where none are given, and keeps them running; then provisions and migrates; stops what has started when a step fails. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { dataDir, step } = options;
  const stops: (() => Promise<void>)[] = [];
  let postgres: KeptServer | undefined;
  let natsNodes: readonly KeptServer[] = [];
  let busWatch: JetStreamWatch | undefined;
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const secrets = await secretsIn(join(dataDir, 'secrets.json'));
    let { adminDatabaseUrl, natsUrl } = options;
    let natsUrlOf: Installation['natsUrlOf'] = () => natsUrl!;
    const lockedAt = (url: string): string => {
      natsUrlOf = (user) => busUrlOf(url, secrets, user);
      return natsUrlOf(BUS_OPERATOR);
    };
    if (!adminDatabaseUrl) {
      step('PostgreSQL');
      const kept = new KeptServer(
        'PostgreSQL',
        (onUnexpectedExit) =>
          startEmbeddedPostgres({
            dataDir: join(dataDir, 'postgres'),
            port: options.databasePort,
            password: secrets.databasePassword,
            settings: options.databaseSettings,
            onUnexpectedExit,
          }),
        step,
      );
      stops.push(() => kept.stop());
      postgres = kept;
      adminDatabaseUrl = (await kept.start()).url;
    }
    if (natsUrl && options.hasBusUsers) natsUrl = lockedAt(natsUrl);
    const [single, cluster] = [join(dataDir, 'nats'), join(dataDir, 'nats-cluster')];
    if (!natsUrl && options.natsNodes) {
      refuseOther(single, 'one node');
      step(`NATS, ${options.natsNodes.length} nodes`);
      const nats = await startEmbeddedNatsCluster({
        storeDir: cluster,
        nodes: options.natsNodes,
        cacheDir: join(dataDir, 'cache'),
        find: { log: step },
        say: step,
        ...busLock(secrets),
      });
      stops.push(() => nats.stop());
      natsNodes = nats.nodes;
      natsUrl = lockedAt(nats.url);
    } else if (!natsUrl) {
      refuseOther(cluster, 'several nodes');
      step('NATS');
      const nats = new KeptServer(
        'NATS',
        (onUnexpectedExit) =>
          startEmbeddedNats({
            storeDir: single,
            port: options.natsPort,
            cacheDir: join(dataDir, 'cache'),
            find: { log: step },
            ...busLock(secrets),
            onUnexpectedExit,
          }),
        step,
      );
      stops.push(() => nats.stop());
      natsNodes = [nats];
      natsUrl = lockedAt((await nats.start()).url);
      const watch = await watchOf(nats, single, natsUrl, options);
      stops.push(() => watch.stop());
      busWatch = watch;
    }
    step('database schemas');
    const urls = await bringUpToDate(adminDatabaseUrl, secrets, step);
    return {
      secrets,
      natsUrl,
      natsUrlOf,
      adminUrl: partaOn(adminDatabaseUrl),
      urls,
      postgres,
      natsNodes,
      busWatch,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Looks after an embedded NATS until it is stopped. */
async function watchOf(
  nats: KeptServer,
  storeDir: string,
  url: string,
  { step, busWatchMs }: InstallationOptions,
): Promise<JetStreamWatch> {
  const bus = await Bus.connect(url, 'parta-watch');
  const watch = new JetStreamWatch({
    probe: () => probeStore(bus, PROBE_MS),
    storeDir,
    pid: () => nats.pid,
    say: step,
    intervalMs: busWatchMs,
    close: () => bus.close(),
  });
  watch.start();
  return watch;
}

/** A single server's streams are not a cluster's, and what was not handled yet would be left behind in silence. */
function refuseOther(storeDir: string, how: string): void {
  if (existsSync(storeDir))
    throw new Error(
      `${storeDir} has the streams of NATS with ${how}: start it so again, or move them as docs/administration.md says`,
    );
}

/**
 * Provisions the database with its schemas and roles, and migrates each schema; a second run changes nothing, and one at the
 * same time waits for the first.
 */
export async function bringUpToDate(
  adminDatabaseUrl: string,
  secrets: Secrets,
  step: (line: string) => void,
): Promise<Record<string, ServiceDatabaseUrls>> {
  const turn = new Client({ connectionString: adminDatabaseUrl });
  await turn.connect();
  try {
    await turn.query(`select pg_advisory_lock(hashtextextended('parta:migrate', 0))`);
    return await provisionAndMigrate(adminDatabaseUrl, secrets, step);
  } finally {
    await turn.end();
  }
}

async function provisionAndMigrate(
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
