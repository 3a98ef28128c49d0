import { readFileSync } from 'node:fs';
import { freePortBlock } from '@parta/platform-embedded';
import { Bus } from '@parta/platform-messaging';
import { startProcesses, type RunningProcesses } from '@parta/standalone/processes';
import { Client } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';

export const OPERATOR = { login: 'operator', password: 'bench-operator-2026' };
const LIMITLESS = String(1e8);

/** Parta in processes, with what it takes to measure them. */
export interface Platform {
  running: RunningProcesses;
  admin: Client;
  bus: Bus;
  /** every process by its name, the servers among them */
  pids: Record<string, number>;
  /** proportional set size of all of them: memory that processes share is counted once */
  megabytes(): number;
  stop(): Promise<void>;
}

/** Four servers, and the health of two replicas of each service. */
const FIRST_PORT = 8900;
const BLOCK = 25;

export interface PlatformOptions {
  /** where the installation is kept; one that has been used before goes on */
  folder: string;
  replicas: number;
  env: NodeJS.ProcessEnv;
  /** PostgreSQL counts what it is sent, which costs it some of its time */
  countsStatements: boolean;
  step: (line: string) => void;
}

export async function startPlatform({
  folder,
  replicas,
  env,
  countsStatements,
  step,
}: PlatformOptions): Promise<Platform> {
  const first = await freePortBlock(FIRST_PORT, BLOCK);
  const [port, secondGateway, databasePort, natsPort, healthPort] = [0, 1, 2, 3, 4].map((at) => first + at);
  const running = await startProcesses({
    dataDir: folder,
    port: port!,
    databasePort: databasePort!,
    natsPort: natsPort!,
    healthPort: healthPort!,
    replicas,
    gatewayPorts: replicas > 1 ? [secondGateway!] : [],
    timeZone: 'Europe/Moscow',
    firstOperator: OPERATOR,
    databaseSettings: countsStatements
      ? { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track_planning': 'on' }
      : {},
    env: {
      ...(process.env.PARTA_BENCH_NODE_OPTIONS && { NODE_OPTIONS: process.env.PARTA_BENCH_NODE_OPTIONS }),
      PARTA_REQUESTS_PER_MINUTE: LIMITLESS,
      PARTA_REQUESTS_PER_MINUTE_PER_ADDRESS: LIMITLESS,
      PARTA_SIGN_INS_PER_MINUTE_PER_ADDRESS: LIMITLESS,
      ...env,
    },
    step,
  });
  const { adminUrl, natsUrl, postgres, natsNodes } = running.installation;
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  if (countsStatements) await admin.query('create extension if not exists pg_stat_statements');
  const bus = await Bus.connect(natsUrl, 'bench');
  const pids = {
    ...Object.fromEntries(running.processes.map((one) => [one.name, one.pid!])),
    postgres: postgres!.pid!,
    nats: natsNodes[0]!.pid!,
  };
  return {
    running,
    admin,
    bus,
    pids,
    megabytes: () => Math.round(Object.values(pids).reduce((sum, pid) => sum + proportionOf(pid), 0) / 1024),
    stop: async () => {
      await admin.end();
      await bus.close();
      await running.stop();
    },
  };
}

/** What has been left to the consumers is not to be measured with what comes next. */
export async function consumersAreIdle(bus: Bus): Promise<void> {
  for (;;) {
    let waiting = 0;
    for await (const stream of bus.manager.streams.list())
      for await (const consumer of bus.manager.consumers.list(stream.config.name))
        waiting += consumer.num_pending + consumer.num_ack_pending;
    if (waiting === 0) return;
    await delay(200);
  }
}

const proportionOf = (pid: number): number =>
  kilobytes(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss');

/** The most memory a process has held since it started, in MB. */
export const peakOf = (pid: number): number =>
  Math.round(kilobytes(readFileSync(`/proc/${pid}/status`, 'utf8'), 'VmHWM') / 1024);

const kilobytes = (text: string, field: string): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
