import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { jetstreamManager, StorageType } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { EmbeddedServerError } from './embedded-server-error.js';
import { KeptServer } from './kept-server.js';
import { startEmbeddedNats, type EmbeddedNatsOptions } from './nats.js';
import { loopback } from './ports.js';

export interface EmbeddedNatsClusterOptions extends Pick<
  EmbeddedNatsOptions,
  'cacheDir' | 'find' | 'log' | 'startTimeoutMs' | 'configuration' | 'user'
> {
  /** each node keeps its streams in a folder of its own in it */
  storeDir: string;
  /** of each node, in an order that stays: where clients find it, and where the other nodes do */
  nodes: readonly { port: number; clusterPort: number }[];
  /** what is to be known of the nodes' lives */
  say?: ((line: string) => void) | undefined;
}

export interface EmbeddedNatsCluster {
  /** comma-separated */
  url: string;
  nodes: readonly KeptServer[];
  stop(): Promise<void>;
}

/**
 * Starts NATS servers that are one cluster with JetStream, on 127.0.0.1, and keeps each of them running.
 * @returns when a stream can have a copy on every node
 * @throws EmbeddedServerError as startEmbeddedNats
 */
export async function startEmbeddedNatsCluster(
  options: EmbeddedNatsClusterOptions,
): Promise<EmbeddedNatsCluster> {
  const { storeDir, startTimeoutMs = 60_000, say = () => undefined, ...common } = options;
  const nodes = options.nodes.map(
    ({ port, clusterPort }, at) =>
      new KeptServer(
        `nats.${at + 1}`,
        (onUnexpectedExit) =>
          startEmbeddedNats({
            ...common,
            startTimeoutMs,
            storeDir: join(storeDir, String(at + 1)),
            port,
            cluster: { port: clusterPort, routes: options.nodes.map((node) => node.clusterPort) },
            onUnexpectedExit,
          }),
        say,
      ),
  );
  const url = options.nodes.map(({ port }) => `nats://${loopback}:${port}`).join(',');
  const stop = async (): Promise<void> => void (await Promise.all(nodes.map((node) => node.stop())));
  try {
    await Promise.all(nodes.map((node) => node.start()));
    await untilWhole(url, nodes.length, startTimeoutMs, options.user);
    return { url, nodes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The nodes find each other and elect who leads; until then a stream gets fewer copies than there are nodes. */
async function untilWhole(
  url: string,
  copies: number,
  timeoutMs: number,
  user: EmbeddedNatsOptions['user'],
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const connection = await connect({
      servers: url.split(','),
      ...(user && { user: user.name, pass: user.password }),
    });
    try {
      const { streams } = await jetstreamManager(connection, { timeout: 2000 });
      const name = `WHOLE_${randomUUID().replaceAll('-', '')}`;
      await streams.add({ name, subjects: [name], storage: StorageType.Memory, num_replicas: copies });
      await streams.delete(name);
      return;
    } catch (error) {
      if (performance.now() > deadline)
        throw new EmbeddedServerError(
          'embedded.start-failed',
          `The nodes of NATS did not become a cluster: ${(error as Error).message}.`,
          { cause: error },
        );
    } finally {
      await connection.close();
    }
    await delay(100);
  }
}
