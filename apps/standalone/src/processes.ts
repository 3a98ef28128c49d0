import { join } from 'node:path';
import { journalService } from '@parta/journal';
import { JournalHistory } from '@parta/journal/history';
import { requireFreePort } from '@parta/platform-embedded';
import { openService } from '@parta/platform-rpc';
import { factsOnTheirWay } from './backlog.js';
import { analyze, openInstallation, type Installation } from './installation.js';
import type { RunningParta } from './running-parta.js';
import { writeKeys } from './secrets.js';
import { migrationSets } from './services.js';
import type { StandaloneOptions } from './standalone.js';
import { SupervisedProcess } from './supervised-process.js';

export interface ProcessesOptions extends StandaloneOptions {
  /** the first of the ports for the services' /health and /metrics, on this machine only */
  healthPort: number;
  /** what every process is told beyond what it needs */
  env?: NodeJS.ProcessEnv;
  /** gets each line that a process writes; standard output unless said */
  log?: (line: string) => void;
}

export interface RunningProcesses extends RunningParta {
  installation: Installation;
  processes: readonly SupervisedProcess[];
  /** address of a service's /health and /metrics */
  healthUrlOf(service: string): string;
}

/** Starts every service and the gateway as a Node process of its own, and keeps them running until `stop`. */
export async function startProcesses(options: ProcessesOptions): Promise<RunningProcesses> {
  const { port, step } = options;
  const names = migrationSets.map((set) => set.service);
  const healthPortOf = (name: string): number => options.healthPort + names.indexOf(name);
  const healthUrlOf = (name: string): string => `http://127.0.0.1:${healthPortOf(name)}`;
  const url = `http://127.0.0.1:${port}`;
  await requireFreePort(port, 'the gateway');
  for (const name of names) await requireFreePort(healthPortOf(name), `${name}'s health`);

  const installation = await openInstallation(options);
  const keys = writeKeys(join(options.dataDir, 'keys'), installation.secrets, true);
  const surroundings = {
    ...process.env,
    ...options.env,
    NATS_URL: installation.natsUrl,
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
  const services = names.map(
    (name) =>
      new SupervisedProcess({
        name,
        file: mainOf(name),
        env: {
          ...surroundings,
          ...own[name],
          PARTA_DATABASE_URL: installation.urls[name]!.runtime,
          PARTA_HEALTH_PORT: String(healthPortOf(name)),
        },
        readyUrl: `${healthUrlOf(name)}/health/ready`,
        log,
        say: step,
      }),
  );
  const gateway = new SupervisedProcess({
    name: 'gateway',
    file: mainOf('gateway'),
    env: {
      ...surroundings,
      PARTA_PORT: String(port),
      PARTA_INSECURE_COOKIES: process.env.PARTA_INSECURE_COOKIES ?? 'true',
      ...(options.webRoot && { PARTA_WEB_ROOT: options.webRoot }),
    },
    readyUrl: `${url}/health/ready`,
    log,
    say: step,
  });
  const processes = [...services, gateway];
  const stop = async (): Promise<void> => {
    // The door first; what is under way behind it may still finish.
    await gateway.stop();
    await Promise.all(services.map((service) => service.stop()));
    await installation.stop();
  };
  try {
    step(`processes: ${processes.map((one) => one.name).join(', ')}`);
    await Promise.all(processes.map((one) => one.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
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
  { urls, natsUrl, secrets }: Installation,
  work: (history: JournalHistory) => Promise<void>,
): Promise<void> {
  const journal = await openService(journalService(), {
    databaseUrl: urls.journal!.runtime,
    natsUrl,
    tokenKeys: secrets.tokenKeys,
  });
  try {
    await work(journal.get(JournalHistory));
  } finally {
    await journal.close();
  }
}

const mainOf = (name: string): string => new URL('main.js', import.meta.resolve(`@parta/${name}`)).pathname;
