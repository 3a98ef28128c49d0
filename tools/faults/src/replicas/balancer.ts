const CHECK_MS = 250;
const TRIES = 3;

/**
 * Stands before the gateways as a proxy does: asks each whether it is ready, spreads requests over those that are, and sends a
 * request to the next one when the line to a gateway broke before the answer was whole (nginx: `proxy_next_upstream error`).
 * An answer, whatever its status, is handed on as it is.
 */
export class Balancer {
  /** requests that went to another gateway because the line broke */
  movedOn = 0;
  private readonly ready: Set<string>;
  private readonly timer: NodeJS.Timeout;
  private turn = 0;

  constructor(private readonly urls: readonly string[]) {
    this.ready = new Set(urls);
    this.timer = setInterval(() => void this.check(), CHECK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** As `fetch`, of a path. */
  readonly fetch = async (path: string, init?: RequestInit): Promise<Response> => {
    for (let attempt = 1; ; attempt += 1) {
      const url = this.next();
      try {
        const response = await fetch(`${url}${path}`, init);
        const body = await response.arrayBuffer();
        return new Response(body, { status: response.status, headers: response.headers });
      } catch (error) {
        if (init?.signal?.aborted || attempt === TRIES) throw error;
        this.ready.delete(url);
        this.movedOn += 1;
      }
    }
  };

  private next(): string {
    const open = this.ready.size > 0 ? this.urls.filter((url) => this.ready.has(url)) : this.urls;
    this.turn += 1;
    return open[this.turn % open.length]!;
  }

  private async check(): Promise<void> {
    await Promise.all(
      this.urls.map(async (url) => {
        const isReady = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) }).then(
          async (answer) => (await answer.arrayBuffer(), answer.status === 200),
          () => false,
        );
        if (isReady) this.ready.add(url);
        else this.ready.delete(url);
      }),
    );
  }
}
