/**
 * Addresses to which a message is on its way now, and the messages that wait for it: what an address knows is asked when
 * the message before has left. Kept by the one dispatcher of a channel.
 */
export class AddressesInHand {
  private readonly waiting = new Map<string, Set<string>>();

  /** Messages that are left aside, by id. */
  get held(): string[] {
    return [...this.waiting.values()].flatMap((ids) => [...ids]);
  }

  has(address: string): boolean {
    return this.waiting.has(keyOf(address));
  }

  take(address: string): void {
    this.waiting.set(keyOf(address), new Set());
  }

  /** Leaves a message aside until the one before it has left. */
  hold(address: string, messageId: string): void {
    this.waiting.get(keyOf(address))?.add(messageId);
  }

  release(address: string): void {
    this.waiting.delete(keyOf(address));
  }
}

/** A mailbox is the same whatever the case of its letters. */
const keyOf = (address: string): string => address.toLowerCase();
