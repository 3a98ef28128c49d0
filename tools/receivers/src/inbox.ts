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

/** What has arrived, the newest first; only the last thousand, in memory. */
export class Inbox {
  private messages: Received[] = [];
  private count = 0;

  add(message: Omit<Received, 'id' | 'receivedAt'>): Received {
    const received = { ...message, id: String(++this.count), receivedAt: new Date().toISOString() };
    this.messages = [received, ...this.messages].slice(0, KEPT);
    return received;
  }

  /** @param to only messages to this address */
  list(to?: string): Received[] {
    return to ? this.messages.filter((message) => message.to === to) : [...this.messages];
  }

  clear(): void {
    this.messages = [];
  }
}
