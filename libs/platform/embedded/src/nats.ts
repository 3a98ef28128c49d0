import { createHash, randomUUID } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { EmbeddedServerError } from './embedded-server-error.js';
import { findNatsServer, run, type FindNatsServerOptions, type NatsServerProgram } from './nats-binary.js';
import { serverOf, takeFolder, type StopStep } from './ownership.js';
import { loopback, portTaken, requireFreePort } from './ports.js';
import { ServerProcess } from './server-process.js';
import type { EmbeddedServer, EmbeddedServerOptions } from './server.js';

export interface EmbeddedNatsOptions extends EmbeddedServerOptions {
  /** JetStream's files; created on the first start. A file `<storeDir>.owner.json` beside it says who runs it. */
  storeDir: string;
  /** Where a downloaded nats-server is kept. */
  cacheDir: string;
  /** Where a nats-server is looked for; see findNatsServer. */
  find?: FindNatsServerOptions | undefined;
  /** More of the server's configuration, such as its users; kept beside `storeDir` where its owner alone may read it. */
  configuration?: string | undefined;
  /** Who asks whether it is ready, where it has users. */
  user?: { name: string; password: string } | undefined;
  /** As a node of a cluster, which has JetStream while most of its nodes run. */
  cluster?: { port: number; routes: readonly number[] } | undefined;
}

const stopSteps: readonly [StopStep, ...StopStep[]] = [
  { signal: 'SIGTERM', graceMs: 10_000 },
  { signal: 'SIGKILL', graceMs: 5_000 },
];

/**
 * Starts NATS with JetStream on 127.0.0.1, streams kept in `storeDir`. The server ends with this process, however that
 * ends; what a process that is gone has left running on the folder is stopped first.
 * @throws EmbeddedServerError `embedded.port-taken`, `embedded.already-running`, `embedded.start-failed`, `embedded.nats-missing`
 */
export async function startEmbeddedNats(options: EmbeddedNatsOptions): Promise<EmbeddedServer> {
  const { port, cacheDir, log = () => undefined, onUnexpectedExit, startTimeoutMs = 60_000 } = options;
  const storeDir = resolve(options.storeDir);
  const pidFile = join(storeDir, 'nats-server.pid');
  const letGo = await takeFolder(storeDir, 'NATS', () => serverOf(storeDir, pidFile), stopSteps, log);
  try {
    await mkdir(storeDir, { recursive: true });
    const configFile = `${storeDir}.conf`;
    await writePrivately(configFile, `${FILE_STORE}\n${options.configuration ?? ''}`);
    // A container that outlived a killed `docker run` also holds the port.
    const container = `parta-nats-${createHash('sha256').update(storeDir).digest('hex').slice(0, 12)}`;
    const program = await findNatsServer(cacheDir, { log, ...options.find });
    if (program.kind === 'docker' && options.cluster)
      throw new EmbeddedServerError(
        'embedded.nats-missing',
        'A cluster of NATS needs a nats-server on this machine (package "nats-server"); Docker would do for a single one only.',
      );
    if (program.kind === 'docker') await run('docker', ['rm', '--force', container], 30_000);
    await requireFreePort(port, 'NATS');

    // Nodes of a cluster know each other by name, for good.
    const serverName = options.cluster ? container : `parta-${randomUUID()}`;
    const server = new ServerProcess({
      what: 'NATS',
      ...command(program, {
        storeDir,
        pidFile,
        port,
        serverName,
        container,
        configFile,
        cluster: options.cluster,
      }),
      stopSteps,
      log,
      onUnexpectedExit,
    });
    const url = `nats://${loopback}:${port}`;
    try {
      await server.untilReady(() => answersAs(url, serverName, options.user), startTimeoutMs);
    } catch (error) {
      await server.stop();
      if (/address already in use|port is already allocated/.test(server.lastLines.join('\n'))) {
        throw portTaken(port, 'NATS');
      }
      throw error;
    }
    return {
      url,
      port,
      pid: server.pid as number,
      stop: async () => {
        await server.stop();
        await letGo();
      },
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}

/**
 * Without a number of its own the server takes three quarters of the room that the disk has when it starts, and leaves away a stream that
 * was promised more: on a disk that is nearly full the uploads would be gone after a restart. The disk itself is the bound.
 */
const FILE_STORE = 'jetstream { max_file_store: 1TB }';

function command(
  program: NatsServerProgram,
  at: {
    storeDir: string;
    pidFile: string;
    port: number;
    serverName: string;
    container: string;
    configFile: string;
    cluster: EmbeddedNatsOptions['cluster'];
  },
): { program: string; args: string[] } {
  const { storeDir, pidFile, port, serverName, container, configFile, cluster } = at;
  if (program.kind === 'binary') {
    const args = ['--addr', loopback, '--port', String(port), '--pid', pidFile, '--config', configFile];
    if (cluster) {
      const routes = cluster.routes.map((one) => `nats-route://${loopback}:${one}`).join(',');
      args.push(
        '--cluster_name',
        'parta',
        '--cluster',
        `nats://${loopback}:${cluster.port}`,
        '--routes',
        routes,
      );
    }
    return {
      program: program.path,
      args: ['--name', serverName, '--jetstream', '--store_dir', storeDir, ...args],
    };
  }
  // In the foreground: the client passes our signals on to the container, and ends with it.
  const place = [
    '--name',
    container,
    '--publish',
    `${loopback}:${port}:4222`,
    '--volume',
    `${storeDir}:/data`,
    '--volume',
    `${configFile}:/parta.conf:ro`,
  ];
  const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  return {
    program: 'docker',
    args: [
      ...['run', '--rm', '--user', user, ...place, program.image],
      ...['--name', serverName, '--jetstream', '--store_dir', '/data'],
      ...['--config', '/parta.conf'],
    ],
  };
}

async function writePrivately(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
  // The mode of a file that was there before is as it was.
  await chmod(file, 0o600);
}

/** @throws while the server does not answer, or another one does, or JetStream is off */
async function answersAs(url: string, serverName: string, user: EmbeddedNatsOptions['user']): Promise<void> {
  const connection = await connect({
    servers: url,
    ...(user && { user: user.name, pass: user.password }),
    reconnect: false,
    timeout: 5_000,
    maxReconnectAttempts: 0,
  });
  try {
    const { info } = connection;
    if (info?.server_name !== serverName)
      throw new Error(`another server (${info?.server_name}) answers on ${url}`);
    if (!info.jetstream) throw new Error('the server runs without JetStream');
  } finally {
    await connection.close();
  }
}
