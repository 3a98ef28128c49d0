import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { freePort, startEmbeddedNats, startEmbeddedPostgres } from '@parta/platform-embedded';
import pg from 'pg';
import { eventually } from './eventually.js';

export interface TestServers {
  /** PostgreSQL as superuser, database `postgres`. */
  databaseUrl: string;
  /** NATS with JetStream. */
  natsUrl: string;
}

export interface StartedTestServers extends TestServers {
  /** Where they come from, for the first line of a test run. */
  from: string;
  /** Stops what was started; leaves alone what was given. */
  stop(): Promise<void>;
}

const databaseVariable = 'PARTA_TEST_DATABASE_URL';
const natsVariable = 'PARTA_TEST_NATS_URL';
const sourceVariable = 'PARTA_TEST_SERVERS';

/**
 * The servers of this test run, in a worker of it.
 * @throws Error when the run was started without them
 */
export function testServers(): TestServers {
  const databaseUrl = process.env[databaseVariable];
  const natsUrl = process.env[natsVariable];
  if (!databaseUrl || !natsUrl) {
    throw new Error(
      `This test needs PostgreSQL and NATS, which only the levels medium, e2e and fault get: rename the spec, or set ${databaseVariable} and ${natsVariable}.`,
    );
  }
  return { databaseUrl, natsUrl };
}

/**
 * PostgreSQL and NATS for a test run: the addresses in PARTA_TEST_DATABASE_URL and PARTA_TEST_NATS_URL if given, else
 * containers where a Docker engine answers, else the embedded servers in a temporary folder, on free ports.
 * PARTA_TEST_SERVERS=containers or =embedded forces one of the last two. Sets both variables for the workers.
 * @param cacheDir where a downloaded nats-server is kept between runs
 */
export async function startTestServers(
  cacheDir: string,
  log: (line: string) => void = () => undefined,
): Promise<StartedTestServers> {
  const given = { databaseUrl: process.env[databaseVariable], natsUrl: process.env[natsVariable] };
  const started = await startMissing(given, cacheDir, log);
  try {
    await Promise.all([postgresAnswers(started.databaseUrl), natsAnswers(started.natsUrl)]);
  } catch (error) {
    await started.stop();
    throw error;
  }
  process.env[databaseVariable] = started.databaseUrl;
  process.env[natsVariable] = started.natsUrl;
  return {
    ...started,
    stop: async () => {
      // A watching jest starts them anew; what was ours must then not look as if it had been given.
      if (!given.databaseUrl) delete process.env[databaseVariable];
      if (!given.natsUrl) delete process.env[natsVariable];
      await started.stop();
    },
  };
}

interface Given {
  databaseUrl: string | undefined;
  natsUrl: string | undefined;
}

/** One server of a run. */
interface Part {
  url: string;
  stop(): Promise<void>;
}

const givenPart = (url: string): Part => ({ url, stop: () => Promise.resolve() });

async function startMissing(
  given: Given,
  cacheDir: string,
  log: (line: string) => void,
): Promise<StartedTestServers> {
  const { databaseUrl, natsUrl } = given;
  if (databaseUrl && natsUrl) return combine('the environment', givenPart(databaseUrl), givenPart(natsUrl));
  const source = process.env[sourceVariable] ?? '';
  if (!['', 'containers', 'embedded'].includes(source)) {
    throw new Error(`${sourceVariable} is "containers", "embedded" or empty, not "${source}".`);
  }
  if (source !== 'embedded' && (await dockerAnswers())) {
    try {
      return await startContainers(given);
    } catch (error) {
      if (source === 'containers') throw error;
      // An engine without a registry to take the images from, typically.
      log(`The containers did not start (${(error as Error).message}); using the embedded servers`);
    }
  } else if (source === 'containers') {
    throw new Error(`${sourceVariable} asks for containers, but no Docker engine answers.`);
  }
  return startEmbedded(given, cacheDir, log);
}

function combine(from: string, database: Part, nats: Part): StartedTestServers {
  return {
    from,
    databaseUrl: database.url,
    natsUrl: nats.url,
    stop: async () => {
      await Promise.all([database.stop(), nats.stop()]);
    },
  };
}

/** Both or none: when one fails the other is stopped. */
async function startBoth(
  from: string,
  starting: [Promise<Part>, Promise<Part>],
): Promise<StartedTestServers> {
  const [database, nats] = await Promise.allSettled(starting);
  if (database.status === 'fulfilled' && nats.status === 'fulfilled') {
    return combine(from, database.value, nats.value);
  }
  for (const part of [database, nats]) if (part.status === 'fulfilled') await part.value.stop();
  throw database.status === 'rejected' ? database.reason : (nats as PromiseRejectedResult).reason;
}

async function dockerAnswers(): Promise<boolean> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
}

/** Without the reaper (TESTCONTAINERS_RYUK_DISABLED=true, which testcontainers reads itself) a killed run leaves its containers behind. */
async function startContainers(given: Given): Promise<StartedTestServers> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const database = async (): Promise<Part> => {
    if (given.databaseUrl) return givenPart(given.databaseUrl);
    const container = await new GenericContainer('postgres:18')
      .withEnvironment({
        POSTGRES_PASSWORD: 'test',
        POSTGRES_INITDB_ARGS: '--encoding=UTF8 --locale-provider=icu --icu-locale=ru-RU',
      })
      .withCommand(['postgres', ...settingArguments(200)])
      .withExposedPorts(5432)
      .withWaitStrategy(Wait.forListeningPorts())
      .start();
    return {
      url: `postgres://postgres:test@${bracketed(container.getHost())}:${container.getMappedPort(5432)}/postgres`,
      stop: async () => void (await container.stop()),
    };
  };
  const nats = async (): Promise<Part> => {
    if (given.natsUrl) return givenPart(given.natsUrl);
    const container = await new GenericContainer('nats:2')
      .withCommand(['-js', '-sd', '/data'])
      .withExposedPorts(4222)
      .withWaitStrategy(Wait.forLogMessage(/Server is ready/))
      .start();
    return {
      url: `nats://${bracketed(container.getHost())}:${container.getMappedPort(4222)}`,
      stop: async () => void (await container.stop()),
    };
  };
  return startBoth('containers', [database(), nats()]);
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** For data that nobody will miss. synchronous_commit stays on: it decides what is visible after a crash of the server alone. */
function testSettings(maxConnections: number): Record<string, string> {
  return { fsync: 'off', full_page_writes: 'off', max_connections: String(maxConnections) };
}

const settingArguments = (maxConnections: number): string[] =>
  Object.entries(testSettings(maxConnections)).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

const folderPrefix = 'parta-test-';

async function startEmbedded(
  given: Given,
  cacheDir: string,
  log: (line: string) => void,
): Promise<StartedTestServers> {
  await removeForgottenFolders();
  const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  // mkdtemp makes it 0700; under root PostgreSQL runs as another user, who has to pass through.
  await chmod(folder, 0o711);
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const database = async (): Promise<Part> => {
    if (given.databaseUrl) return givenPart(given.databaseUrl);
    return startEmbeddedPostgres({
      dataDir: join(folder, 'postgres'),
      port: await freePort(),
      password: 'test',
      settings: testSettings(200),
    });
  };
  const nats = async (): Promise<Part> => {
    if (given.natsUrl) return givenPart(given.natsUrl);
    return startEmbeddedNats({
      storeDir: join(folder, 'nats'),
      port: await freePort(),
      cacheDir,
      find: { log },
    });
  };
  try {
    const servers = await startBoth('embedded servers', [database(), nats()]);
    return {
      ...servers,
      stop: async () => {
        await servers.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Of runs that were killed; their servers have ended with them. */
async function removeForgottenFolders(): Promise<void> {
  const isRunning = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  };
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(folderPrefix)
      ? Number.parseInt(name.slice(folderPrefix.length), 10)
      : Number.NaN;
    if (pid > 0 && !isRunning(pid)) {
      // Another user's is his to remove.
      await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

async function postgresAnswers(url: string): Promise<void> {
  await eventually(
    async () => {
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
      client.on('error', () => undefined);
      try {
        await client.connect();
        await client.query('select 1');
      } finally {
        await client.end().catch(() => undefined);
      }
    },
    { timeoutMs: 30_000, describe: `PostgreSQL to answer on ${new URL(url).host}` },
  );
}

async function natsAnswers(url: string): Promise<void> {
  await eventually(
    async () => {
      const connection = await connect({ servers: url, reconnect: false, timeout: 5_000 });
      const { info } = connection;
      await connection.close();
      if (!info?.jetstream) throw new Error('it runs without JetStream (start it with -js)');
    },
    { timeoutMs: 30_000, describe: `NATS to answer on ${url}` },
  );
}
