import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { journalService } from '@parta/journal';
import { JournalHistory } from '@parta/journal/history';
import { requireFreePort } from '@parta/platform-embedded';
import { environmentOf, openService, SETTINGS, type Reader } from '@parta/platform-rpc';
import { factsOnTheirWay } from './backlog.js';
import { analyze, openInstallation, type Installation } from './installation.js';
import type { RunningParta } from './running-parta.js';
import { writeKeys } from './secrets.js';
import { migrationSets } from './services.js';
import type { RunOptions } from './standalone.js';
import { SupervisedProcess, type SupervisedOptions } from './supervised-process.js';

export { BUS_OPERATOR, busLock, busUrlOf } from './bus-lock.js';
export { JetStreamWatch } from './jetstream-watch.js';
export { secretsIn, type Secrets } from './secrets.js';

/** What the pools of one replica of each service may open. */
const CONNECTIONS_OF_ALL = 70;

export interface ProcessesOptions extends RunOptions {
  /** the first of the ports for /health and /metrics, on this machine only: all services' first replicas, then all second …, then the gateways */
  healthPort: number;
  /** how often each service runs; one unless said */
  replicas?: number;
  /** which services run; all unless said */
  services?: readonly string[];
  /** of the gateways beside the one at `port`; a proxy in front sends to all of them */
  gatewayPorts?: readonly number[];
  /** what every process is told beyond what it needs */
  env?: NodeJS.ProcessEnv;
  /** where the processes' own lines go; standard output unless given */
  log?: (line: string) => void;
}

export interface RunningProcesses extends RunningParta {
  installation: Installation;
  /** `journal`, and its further replicas `journal.2` …; `gateway`, `gateway.2` … */
  processes: readonly SupervisedProcess[];
  /** of every gateway; `url` is the first's */
  urls: readonly string[];
  /** address of a service's /health and /metrics; replicas count from 1 */
  healthUrlOf(service: string, replica?: number): string;
}

/** Starts every service and the gateway as Node processes of their own, and keeps them running until `stop`. */
export async function startProcesses(options: ProcessesOptions): Promise<RunningProcesses> {
  const { port, step, replicas = 1 } = options;
  const names = options.services ?? migrationSets.map((set) => set.service);
  const counts = Array.from({ length: replicas }, (_, i) => i + 1);
  const healthPortOf = (name: string, replica: number): number =>
    options.healthPort + (replica - 1) * names.length + names.indexOf(name);
  const healthUrlOf = (name: string, replica = 1): string =>
    `http://127.0.0.1:${healthPortOf(name, replica)}`;
  const gatewayPorts = [port, ...(options.gatewayPorts ?? [])];
  const urls = gatewayPorts.map((one) => `http://127.0.0.1:${one}`);
  const gatewayHealthPort = (at: number): number => options.healthPort + replicas * names.length + at;
  for (const [at, one] of gatewayPorts.entries()) {
    await requireFreePort(one, 'the gateway');
    await requireFreePort(gatewayHealthPort(at), 'the gateway’s health');
  }
  for (const name of names)
    for (const replica of counts) await requireFreePort(healthPortOf(name, replica), `${name}'s health`);

  const installation = await openInstallation({
    ...options,
    databaseSettings: {
      ...(replicas > 2 && { max_connections: String(CONNECTIONS_OF_ALL * (replicas + 1)) }),
      ...options.databaseSettings,
    },
  });
  const keys = writeKeys(join(options.dataDir, 'keys'), installation.secrets, true);
  const given: NodeJS.ProcessEnv = {
    ...process.env,
    ...options.env,
    PARTA_TOKEN_KEYS_FILE: keys.publicKeys,
    PARTA_HEALTH_HOST: '127.0.0.1',
    PARTA_TIME_ZONE: options.timeZone,
  };
  const own: Record<string, NodeJS.ProcessEnv> = {
    identity: {
      PARTA_TOKEN_SIGNING_KEY_FILE: keys.signingKey,
      ...(options.firstOperator && {
        PARTA_FIRST_OPERATOR_LOGIN: options.firstOperator.login,
        PARTA_FIRST_OPERATOR_PASSWORD: options.firstOperator.password,
      }),
    },
  };
  const log = options.log ?? ((line: string): void => void process.stdout.write(`${line}\n`));
  const supervised = (
    service: string,
    replica: number,
    rest: Pick<SupervisedOptions, 'env' | 'readyUrl'>,
  ): SupervisedProcess =>
    new SupervisedProcess({
      name: replica === 1 ? service : `${service}.${replica}`,
      file: mainOf(service),
      log,
      say: step,
      ...rest,
    });
  const services = counts.flatMap((replica) =>
    names.map((name) =>
      supervised(name, replica, {
        env: {
          ...environmentOf(name as Reader, given),
          ...own[name],
          NATS_URL: installation.natsUrlOf(name),
          PARTA_DATABASE_URL: installation.urls[name]!.runtime,
          PARTA_HEALTH_PORT: String(healthPortOf(name, replica)),
        },
        readyUrl: `${healthUrlOf(name, replica)}/health/ready`,
      }),
    ),
  );
  const gateways = gatewayPorts.map((gatewayPort, i) =>
    supervised('gateway', i + 1, {
      env: {
        ...environmentOf('gateway', given),
        NATS_URL: installation.natsUrlOf('gateway'),
        PARTA_HOST: given.PARTA_HOST || SETTINGS.PARTA_HOST.otherwiseAtStart,
        PARTA_PORT: String(gatewayPort),
        PARTA_HEALTH_PORT: String(gatewayHealthPort(i)),
        PARTA_INSECURE_COOKIES: given.PARTA_INSECURE_COOKIES || 'true',
        // Where there is another to go to, whoever balances between them needs a moment to see it.
        PARTA_DRAIN_SECONDS: given.PARTA_DRAIN_SECONDS || (gatewayPorts.length > 1 ? '2' : '0'),
        ...(options.webRoot && { PARTA_WEB_ROOT: options.webRoot }),
      },
      readyUrl: `http://127.0.0.1:${gatewayHealthPort(i)}/health/ready`,
    }),
  );
  const processes = [...services, ...gateways];
  const stop = async (): Promise<void> => {
    // The door first; what is under way behind it may still finish.
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await Promise.all(services.map((service) => service.stop()));
    await installation.stop();
  };
  try {
    step(`processes: ${processes.map((one) => one.name).join(', ')}`);
    // One of each first: they make the streams, and a machine starts only so many at once.
    for (let i = 0; i < services.length; i += names.length)
      await Promise.all(services.slice(i, i + names.length).map((one) => one.start()));
    await Promise.all(gateways.map((one) => one.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: urls[0]!,
    urls,
    installation,
    processes,
    healthUrlOf,
    withJournalHistory: (work) => withJournalHistory(installation, work),
    analyze: () => analyze(installation.adminUrl),
    factsOnTheirWay: () => factsOnTheirWay(installation.adminUrl, installation.natsUrl),
    stop,
  };
}

/** The journal's use cases in this process, beside the journal's own; its relay hears of what they leave in the outbox. */
async function withJournalHistory(
  { urls, natsUrlOf, secrets }: Installation,
  work: (history: JournalHistory) => Promise<void>,
): Promise<void> {
  const journal = await openService(journalService(), {
    databaseUrl: urls.journal!.runtime,
    natsUrl: natsUrlOf('journal'),
    tokenKeys: secrets.tokenKeys,
  });
  try {
    await work(journal.get(JournalHistory));
  } finally {
    await journal.close();
  }
}

const mainOf = (name: string): string =>
  fileURLToPath(new URL('main.js', import.meta.resolve(`@parta/${name}`)));
