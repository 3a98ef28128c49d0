import { setTimeout as delay } from 'node:timers/promises';
import {
  JetStreamApiCodes,
  JetStreamApiError,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type JetStreamClient,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { connect, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import { identityOf, tlsOf } from './bus-identity.js';
import { patiently, StreamReplicas } from './replicas.js';

const RECONNECT_MS = 250;
const DRAIN_MS = 3000;

/**
 * Delays for the client, which adds them to the time of its last attempt by the wall clock: after that was set back by an hour
 * it would wait for an hour. An attempt that is due by the steady clock is due at once by any.
 */
function paceOf(waitMs: number): () => number {
  const AT_ONCE = -1e15;
  let lastAt = -Infinity;
  return () => {
    const since = performance.now() - lastAt;
    if (since < waitMs) return Math.ceil(waitMs - since);
    lastAt = performance.now();
    return AT_ONCE;
  };
}

/**
 * How every process connects to NATS: to any of the servers, for ever, and away from one that hangs. Who it is there, say user and
 * password in the address, else the environment: `NATS_CREDS_FILE` (credentials of an operator's account), `NATS_NKEY_FILE`
 * (an NKey's seed), `NATS_USER` and `NATS_PASSWORD`. `tls://` asks for TLS; `NATS_CA_FILE`, `NATS_CERT_FILE` and
 * `NATS_KEY_FILE` say by which certificates.
 * @param url one or more `nats://[user:password@]host:port`, comma-separated; other nodes of the cluster are learnt from the first
 */
export const natsOptions = (url: string, name: string, env: NodeJS.ProcessEnv = process.env) =>
  ({
    ...identityOf(url, env),
    ...tlsOf(url, env),
    name,
    maxReconnectAttempts: -1,
    reconnectDelayHandler: paceOf(RECONNECT_MS),
    pingInterval: 3000,
    maxPingOut: 2,
    // It would keep an error with its stack for each request, for the case that it fails.
    noAsyncTraces: true,
  }) satisfies NodeConnectionOptions;

/** A process's connection to NATS with JetStream. */
export class Bus {
  private constructor(
    readonly nats: NatsConnection,
    readonly jetStream: JetStreamClient,
    readonly manager: JetStreamManager,
    readonly replicas: StreamReplicas,
    /** the beginning of the subjects at which this connection gets answers */
    readonly inboxPrefix: string | undefined,
  ) {}

  /**
   * @param url one or more `nats://host:port`, comma-separated
   * @throws Error when the server has no JetStream
   */
  static async connect(url: string, name: string): Promise<Bus> {
    const options = natsOptions(url, name);
    const nats = await connect({ ...options, waitOnFirstConnect: true });
    if (!nats.info?.jetstream) {
      await nats.close();
      throw new Error('NATS runs without JetStream: start it with -js');
    }
    const manager = await jetstreamManager(nats, { checkAPI: false });
    return new Bus(nats, jetstream(nats), manager, new StreamReplicas(nats, manager), options.inboxPrefix);
  }

  async close(): Promise<void> {
    this.replicas.close();
    // Draining waits for the server, which may be the one that hangs.
    const drained = this.nats.drain().catch(() => undefined);
    await Promise.race([drained, delay(DRAIN_MS, undefined, { ref: false })]);
    await this.nats.close();
  }

  /**
   * Makes the stream of a producing service, or leaves it as it is. Consumers call it too, so that services start in
   * any order.
   */
  async ensureStream(service: string): Promise<string> {
    const name = streamOf(service);
    await patiently(async () => {
      if (await this.hasStream(name)) return this.replicas.raise(name);
      await this.replicas
        .make(name, (replicas) =>
          this.manager.streams.add({
            name,
            subjects: [`evt.${service}.>`],
            storage: StorageType.File,
            retention: RetentionPolicy.Limits,
            num_replicas: replicas,
            // Deduplication window in nanoseconds: a relay that died between PubAck and its own commit repeats within it.
            duplicate_window: 10 * 60 * 1e9,
          }),
        )
        .catch(async (error: unknown) => {
          // Two processes may create it at once; the second finds it there.
          if (!(await this.hasStream(name))) throw error;
        });
    });
    return name;
  }

  private async hasStream(name: string): Promise<boolean> {
    try {
      await this.manager.streams.info(name);
      return true;
    } catch (error) {
      if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound) return false;
      throw error;
    }
  }
}

/** The JetStream stream that holds a service's facts. */
export const streamOf = (service: string): string => `EVT_${service}`;
