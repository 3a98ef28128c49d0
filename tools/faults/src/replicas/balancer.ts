import { isSafe, type Door } from './door.js';

const CHECK_MS = 250;
const TRIES = 3;

/**
 * Stands before the gateways as a proxy does: asks each whether it is ready, spreads requests over those that are, and sends a
 * request to the next one when the line to a gateway broke before the answer was whole, if twice is the same as once
 * (deploy/cluster/haproxy.cfg says the same to HAProxy). An answer, whatever its status, is handed on as it is.
 */
export class Balancer implements Door {
  /** requests that went to another gateway because the line broke */
  movedOn = 0;
  readonly mover = 'the balancer';
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

  readonly fetch = (path: string, init?: RequestInit): Promise<Response> =>
    this.toOneOf(path, init, async (response) => {
      const body = await response.arrayBuffer();
      return new Response(body, { status: response.status, headers: response.headers });
    });

  readonly stream = (path: string, init?: RequestInit): Promise<Response> =>
    this.toOneOf(path, init, (response) => Promise.resolve(response));

  private async toOneOf(
    path: string,
    init: RequestInit | undefined,
    take: (response: Response) => Promise<Response>,
  ): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const url = this.next();
      try {
        return await take(await fetch(`${url}${path}`, init));
      } catch (error) {
        if (init?.signal?.aborted) throw error;
        this.ready.delete(url);
        if (attempt === TRIES || !mayRepeat(init, error)) throw error;
        this.movedOn += 1;
      }
    }
  }

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

/** Nobody was there to get it, or it may be done twice. */
function mayRepeat(init: RequestInit | undefined, error: unknown): boolean {
  const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException;
  return isSafe(init) || code === 'ECONNREFUSED';
}
