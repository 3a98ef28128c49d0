/** What stands before the gateways: their only address, for every request. */
export interface Door {
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** an answer that is read while it comes; one that breaks off is not asked for again */
  stream(path: string, init?: RequestInit): Promise<Response>;
  /** requests that were sent once more because the line broke; who sent them again */
  readonly movedOn: number;
  readonly mover: string;
}

const TRIES = 3;

/** It may be sent twice: reading changes nothing, and a command with a key is done once. */
export const isSafe = (init: RequestInit | undefined): boolean =>
  !init?.method || init.method === 'GET' || new Headers(init.headers).has('idempotency-key');

/**
 * A proxy that stands there already, such as HAProxy. An answer that it has begun to hand on it cannot take back: when that is cut off, the
 * one who asked asks again, as the web application does (apps/web/src/api/query-client.ts).
 */
export class ProxyDoor implements Door {
  movedOn = 0;
  readonly mover = 'the page';

  constructor(private readonly url: string) {}

  readonly fetch = async (path: string, init?: RequestInit): Promise<Response> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const response = await this.stream(path, init);
        const body = await response.arrayBuffer();
        return new Response(body, { status: response.status, headers: response.headers });
      } catch (error) {
        if (init?.signal?.aborted || attempt === TRIES || !isSafe(init)) throw error;
        this.movedOn += 1;
      }
    }
  };

  readonly stream = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`${this.url}${path}`, init);
}
