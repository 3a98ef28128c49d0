import { setTimeout as delay } from 'node:timers/promises';
import { JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/** Copies of a stream where NATS has as many nodes; one of three may be lost without losing a fact. */
const WANTED = 3;
const LOOK_AGAIN_MS = 60_000;
const PATIENCE_MS = 45_000;
const PAUSE_MS = 250;

/** JSClusterNoPeersErr, JSInsufficientResourcesErr, JSStreamReplicasNotSupportedErr. */
const TOO_FEW_NODES = [10005, 10023, 10074];

const isTooFewNodes = (error: unknown): boolean =>
  error instanceof JetStreamApiError && TOO_FEW_NODES.includes(error.code);

/**
 * Asks again while a cluster elects its leaders, which answers nothing for some seconds: for what a process needs to start.
 * @throws what JetStream refuses for good, or the last trouble when the time is over
 */
export async function patiently<T>(work: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isRefused = error instanceof JetStreamApiError && error.status < 500;
      if (isRefused || performance.now() > deadline) throw error;
      await delay(PAUSE_MS);
    }
  }
}

/**
 * Keeps three copies of each stream where NATS is a cluster that has the nodes, and one where it is not: nobody has to say how
 * many nodes there are. What was made while a node was away is raised once it is back; consumers follow their stream.
 */
export class StreamReplicas {
  private readonly fewer = new Set<string>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly nats: NatsConnection,
    private readonly manager: JetStreamManager,
  ) {
    this.timer = setInterval(() => void this.raiseAll(), LOOK_AGAIN_MS);
    this.timer.unref();
  }

  close(): void {
    clearInterval(this.timer);
  }

  /** Makes a stream with as many copies as there may be. */
  async make<T>(name: string, make: (replicas: number) => Promise<T>): Promise<T> {
    if (this.isCluster) {
      try {
        return await make(WANTED);
      } catch (error) {
        if (!isTooFewNodes(error)) throw error;
        this.fewer.add(name);
      }
    }
    return make(1);
  }

  /** Looks after a stream that is there: one with too few copies gets them, now or when the nodes have come. */
  async raise(name: string): Promise<void> {
    if (!this.isCluster) return;
    try {
      const { config } = await this.manager.streams.info(name);
      if (config.num_replicas < WANTED) await this.manager.streams.update(name, { num_replicas: WANTED });
      this.fewer.delete(name);
    } catch (error) {
      if (!isTooFewNodes(error)) throw error;
      this.fewer.add(name);
    }
  }

  private async raiseAll(): Promise<void> {
    // Trouble of the moment is that of the next look.
    for (const name of this.fewer) await this.raise(name).catch(() => undefined);
  }

  private get isCluster(): boolean {
    return this.nats.info?.cluster !== undefined;
  }
}
