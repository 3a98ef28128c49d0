const EVENT = /^event: changed\ndata: (.*)$/gm;

/** An open stream of live updates, as a page has it. */
export class LiveStream {
  /** when the server has ended it, and all is read */
  ended: Promise<void>;
  private text = '';
  private isReady = (): void => undefined;

  private constructor(
    private readonly reading: AbortController,
    private readonly reader: ReadableStreamDefaultReader<Uint8Array>,
  ) {}

  /** @throws Error with the status when there is none to be had */
  static async open(url: string, token: string, journal: string): Promise<LiveStream> {
    const reading = new AbortController();
    const query = journal ? `?journal=${encodeURIComponent(journal)}` : '';
    const answer = await fetch(`${url}/api/v1/live${query}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: reading.signal,
    });
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
    const stream = new LiveStream(reading, answer.body!.getReader());
    const ready = new Promise<void>((resolve) => (stream.isReady = resolve));
    stream.ended = stream.read();
    await ready;
    return stream;
  }

  /** What the events so far were about. */
  get heard(): string[] {
    return [...this.text.matchAll(EVENT)].map(([, data]) => (JSON.parse(data!) as { what: string }).what);
  }

  close(): void {
    this.reading.abort();
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for (;;) {
        const { done, value } = await this.reader.read();
        if (done) return;
        this.text += decoder.decode(value, { stream: true });
        if (this.text.includes('event: ready')) this.isReady();
      }
    } catch {
      // Ended by this side.
    }
  }
}
