import { setTimeout as delay } from 'node:timers/promises';
import { ServerNats } from '@nestjs/microservices';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { natsOptions } from '@parta/platform-messaging';
import { AnswerSerializer } from './wire.js';

/** How long a request that was taken may take to be answered when the service stops. */
const FINISH_MS = 10_000;

/**
 * Answers requests as one of the replicas of a service. When it stops it leaves the queue first, then answers whatever it had
 * taken, and closes its connection last; Nest's own closes after a fixed time, with whatever is still being worked on.
 */
export class RpcServer extends ServerNats {
  private underWay = 0;
  private onIdle: (() => void) | undefined;

  constructor(service: string, natsUrl: string) {
    super({
      ...natsOptions(natsUrl, `parta-${service}-rpc`),
      queue: service,
      serializer: new AnswerSerializer(),
    });
  }

  override async close(): Promise<void> {
    // Nest declares neither as ours, and has no other way in.
    const own = this as unknown as { natsClient: NatsConnection | null; subscriptions: Subscription[] };
    const client = own.natsClient;
    if (!client) return;
    // A drained subscription has handed over what the server had sent before it heard of the end.
    if (!client.isClosed())
      await Promise.race([
        Promise.allSettled(own.subscriptions.map((one) => one.drain())),
        delay(FINISH_MS, undefined, { ref: false }),
      ]);
    // What was handed over last is counted a turn later.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.underWay > 0) {
      const idle = new Promise<void>((resolve) => (this.onIdle = resolve));
      await Promise.race([idle, delay(FINISH_MS, undefined, { ref: false })]);
    }
    await Promise.race([
      client.drain().catch(() => client.close()),
      delay(FINISH_MS, undefined, { ref: false }),
    ]);
    own.natsClient = null;
  }

  override getPublisher(...request: Parameters<ServerNats['getPublisher']>): (response: unknown) => unknown {
    const publish = super.getPublisher(...request);
    this.underWay += 1;
    let isAnswered = false;
    return (response) => {
      try {
        return publish(response) as unknown;
      } finally {
        if (!isAnswered) this.end();
        isAnswered = true;
      }
    };
  }

  private end(): void {
    this.underWay -= 1;
    if (this.underWay === 0) this.onIdle?.();
  }
}
