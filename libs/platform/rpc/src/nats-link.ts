import type { NatsConnection } from '@nats-io/transport-node';

/**
 * Whether a connection to NATS stands. The client itself keeps what is sent meanwhile and sends it later, when whoever
 * asked has long been told that nobody answered.
 */
export class NatsLink {
  private isUp = true;
  private readonly waiting = new Set<() => void>();

  constructor(nats: NatsConnection) {
    void this.follow(nats);
  }

  /** Waits for the connection to stand. @returns whether it does within the time, in milliseconds */
  async untilUp(timeoutMs: number): Promise<boolean> {
    if (this.isUp) return true;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.waiting.add(done);
    });
    return this.isUp;
  }

  private async follow(nats: NatsConnection): Promise<void> {
    for await (const { type } of nats.status()) {
      if (type === 'disconnect') this.isUp = false;
      if (type !== 'reconnect') continue;
      this.isUp = true;
      for (const done of [...this.waiting]) done();
    }
  }
}
