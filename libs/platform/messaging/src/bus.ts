import {
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type JetStreamClient,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';

/** A process's connection to NATS with JetStream. */
export class Bus {
  private constructor(
    readonly nats: NatsConnection,
    readonly jetStream: JetStreamClient,
    readonly manager: JetStreamManager,
  ) {}

  /** @param url one or more `nats://host:port`, comma-separated; reconnects for ever */
  static async connect(url: string, name: string): Promise<Bus> {
    const nats = await connect({
      servers: url.split(',').map((server) => server.trim()),
      name,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      waitOnFirstConnect: true,
    });
    return new Bus(nats, jetstream(nats), await jetstreamManager(nats));
  }

  async close(): Promise<void> {
    await this.nats.drain().catch(() => this.nats.close());
  }

  /**
   * Makes the stream of a producing service, or leaves it as it is. Consumers call it too, so that services start in
   * any order.
   */
  async ensureStream(service: string, replicas = 1): Promise<string> {
    const name = streamOf(service);
    try {
      await this.manager.streams.info(name);
    } catch {
      await this.manager.streams
        .add({
          name,
          subjects: [`evt.${service}.>`],
          storage: StorageType.File,
          retention: RetentionPolicy.Limits,
          num_replicas: replicas,
          // Deduplication window in nanoseconds: a relay that died between PubAck and its own commit repeats within it.
          duplicate_window: 10 * 60 * 1e9,
        })
        .catch(async (error: unknown) => {
          // Two processes may create it at once; the second finds it there.
          await this.manager.streams.info(name).catch(() => {
            throw error;
          });
        });
    }
    return name;
  }
}

/** The JetStream stream that holds a service's facts. */
export const streamOf = (service: string): string => `EVT_${service}`;
