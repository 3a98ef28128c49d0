/** A message as a family would have it on the phone. */
export interface Received {
  id: string;
  channel: 'email' | 'sms';
  to: string;
  from: string;
  /** null for an SMS */
  subject: string | null;
  text: string;
  html: string | null;
  /** header fields of a letter, lower-case names; data of an SMS: parts, coding */
  headers: Record<string, string>;
  receivedAt: string;
}

const KEPT = 1000;

/** What has arrived, the newest first; only the last thousand unless said, in memory. */
export class Inbox {
  private messages: Received[] = [];
  private count = 0;

  constructor(private readonly kept = KEPT) {}

  add(message: Omit<Received, 'id' | 'receivedAt'>): Received {
    const received = { ...message, id: String(++this.count), receivedAt: new Date().toISOString() };
    this.messages.push(received);
    // Seldom, and many at once: moving all of them for each message would take longer than the message.
    if (this.messages.length > 2 * this.kept) this.messages = this.messages.slice(-this.kept);
    return received;
  }

  /** @param to only messages to this address */
  list(to?: string): Received[] {
    const kept = this.messages.slice(-this.kept).reverse();
    return to ? kept.filter((message) => message.to === to) : kept;
  }

  clear(): void {
    this.messages = [];
  }
}
