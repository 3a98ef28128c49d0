import { join } from 'node:path';
import { startGateway } from '@parta/gateway';
import { startEmbeddedNats, startEmbeddedPostgres } from '@parta/platform-embedded';
import { migrate, provisionDatabase } from '@parta/platform-persistence';
import { startService, type RunningService } from '@parta/platform-rpc';
import { Client } from 'pg';
import { secretsIn, type Secrets } from './secrets.js';
import { migrationSets, services, type ServiceSettings } from './services.js';

const DATABASE = 'parta';

export interface StandaloneOptions {
  /** where everything of the installation is kept */
  dataDir: string;
  port: number;
  databasePort: number;
  natsPort: number;
  /** a NATS server to use instead of an embedded one */
  natsUrl?: string;
  webRoot?: string;
  timeZone: string;
  firstOperator: ServiceSettings['firstOperator'];
  /** one line for each step of the start */
  step: (line: string) => void;
}

export interface Standalone {
  url: string;
  secrets: Secrets;
  services: ReadonlyMap<string, RunningService>;
  /** Tells the planner what a bulk load has brought; autovacuum would a minute later, and until then plans are bad. */
  analyze(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL, NATS, every service and the gateway in this process; stops what has started when one fails. */
export async function startStandalone(options: StandaloneOptions): Promise<Standalone> {
  const { dataDir, step } = options;
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const secrets = await secretsIn(join(dataDir, 'secrets.json'));

    step('PostgreSQL');
    const postgres = await startEmbeddedPostgres({
      dataDir: join(dataDir, 'postgres'),
      port: options.databasePort,
      password: secrets.databasePassword,
    });
    stops.push(() => postgres.stop());

    let natsUrl = options.natsUrl;
    if (!natsUrl) {
      step('NATS');
      const nats = await startEmbeddedNats({
        storeDir: join(dataDir, 'nats'),
        port: options.natsPort,
        cacheDir: join(dataDir, 'cache'),
        find: { log: step },
      });
      stops.push(() => nats.stop());
      natsUrl = nats.url;
    }

    step('database schemas');
    const urls = await provisionDatabase({
      adminUrl: postgres.url,
      database: DATABASE,
      services: migrationSets.map((set) => set.service),
      passwordOf: () => secrets.rolePassword,
    });
    for (const set of migrationSets) {
      const ran = await migrate(urls[set.service]!.owner, set);
      if (ran.length > 0) step(`  ${set.service}: ${ran.join(', ')}`);
    }

    const running = [];
    for (const definition of services({ ...options, secrets })) {
      step(definition.name);
      const service = await startService(definition, {
        databaseUrl: urls[definition.name]!.runtime,
        natsUrl,
        tokenKeys: secrets.tokenKeys,
      });
      stops.push(() => service.stop());
      running.push(service);
    }

    step('gateway');
    const gateway = await startGateway(
      {
        port: options.port,
        host: '0.0.0.0',
        natsUrl,
        tokenKeys: secrets.tokenKeys,
        webRoot: options.webRoot,
        secureCookies: false,
        requestsPerMinute: 1200,
        requestsPerMinutePerAddress: 12_000,
        signInsPerMinutePerAddress: 300,
        trustedProxies: 0,
      },
      running,
    );
    stops.push(() => gateway.stop());
    return {
      url: gateway.url,
      secrets,
      services: new Map(running.map((service) => [service.name, service])),
      analyze: () => analyze(postgres.url),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function analyze(adminUrl: string): Promise<void> {
  const url = new URL(adminUrl);
  url.pathname = `/${DATABASE}`;
  const admin = new Client({ connectionString: url.href });
  await admin.connect();
  try {
    await admin.query('analyze');
  } finally {
    await admin.end();
  }
}
