import { setTimeout as delay } from 'node:timers/promises';
import type { Door } from './door.js';

/** As the web application has them, apps/web/src/api/live.ts and sse.ts. */
const SILENCE_MS = 40_000;
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 60_000;

export interface LiveListener {
  /** the stream is open, for the first time or anew: something may have been missed in between */
  onReady(): void;
  onChanged(change: Record<string, unknown>): void;
}

/** Follows what is new at an address, and opens the stream anew whenever it ends, as an open page does. */
export class LiveStream {
  private stream = new AbortController();
  private isOver = false;
  private failures = 0;

  constructor(
    private readonly door: Pick<Door, 'stream'>,
    private readonly path: string,
    private readonly token: string,
    private readonly listener: LiveListener,
  ) {}

  async follow(): Promise<void> {
    while (!this.isOver) {
      this.stream = new AbortController();
      await this.listen(this.stream).catch(() => undefined);
      if (this.isOver) return;
      this.failures += 1;
      const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.failures - 1));
      await delay(longest * (0.5 + Math.random() / 2));
    }
  }

  stop(): void {
    this.isOver = true;
    this.stream.abort();
  }

  private async listen(stream: AbortController): Promise<void> {
    let silence: NodeJS.Timeout | undefined;
    const alive = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => stream.abort(), SILENCE_MS);
    };
    alive();
    try {
      const { status, body } = await this.door.stream(this.path, {
        headers: { authorization: `Bearer ${this.token}` },
        signal: stream.signal,
      });
      if (status !== 200) return void (await body?.cancel());
      const decoder = new TextDecoder();
      let rest = '';
      for await (const piece of body!) {
        alive();
        const events = (rest + decoder.decode(piece, { stream: true })).split('\n\n');
        rest = events.pop()!;
        for (const event of events) this.take(event);
      }
    } finally {
      clearTimeout(silence);
    }
  }

  private take(event: string): void {
    const data = event.split('\ndata: ')[1];
    if (event.startsWith('event: ready')) {
      this.failures = 0;
      this.listener.onReady();
    } else if (event.startsWith('event: changed')) {
      this.listener.onChanged(JSON.parse(data!) as Record<string, unknown>);
    }
  }
}
