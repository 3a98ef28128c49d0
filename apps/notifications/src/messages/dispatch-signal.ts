import { Injectable } from '@nestjs/common';
import type { Channel } from '@parta/contracts-notifications';

/** Tells the dispatchers of this process that something is due now, instead of at their next look. */
@Injectable()
export class DispatchSignal {
  private readonly listeners = new Map<Channel, () => void>();

  listen(channel: Channel, wake: () => void): void {
    this.listeners.set(channel, wake);
  }

  wake(channel: Channel): void {
    this.listeners.get(channel)?.();
  }
}
