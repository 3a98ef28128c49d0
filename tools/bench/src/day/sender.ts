import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';

/** What a browser does with a request that was not answered, or answered 503: once more, with the same key. */
const TRIES = 6;
const PAUSE_MS = 1000;
const TIMEOUT_MS = 30_000;

export interface Answer {
  text: string;
  cookies: string[];
}

/** The server has answered, and not with success. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    text: string,
  ) {
    super(`${status} ${/"code":"([^"]+)"/.exec(text)?.[1] ?? text}`);
  }
}

/** Sends as browsers do, and counts what failed. */
export class Sender {
  private readonly pool: Pool;
  /** answers that were none, or not a success, by what was said; each try counts */
  readonly failures = new Map<string, number>();

  constructor(url: string, connections: number) {
    this.pool = new Pool(url, { connections, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  }

  /** @param what it is counted as, when it fails */
  async send(
    what: string,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    headers: Record<string, string>,
    body?: object,
  ): Promise<Answer> {
    const key = randomUUID();
    for (let turn = 1; ; turn += 1) {
      try {
        return await this.sendOnce(method, path, { ...headers, 'idempotency-key': key }, body);
      } catch (error) {
        const said = `${what}: ${(error as Error).message.slice(0, 200)}`;
        this.failures.set(said, (this.failures.get(said) ?? 0) + 1);
        if (turn === TRIES || (error instanceof Refusal && error.status < 500)) throw error;
        await delay(PAUSE_MS);
      }
    }
  }

  async close(): Promise<void> {
    await this.pool.close();
  }

  private async sendOnce(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    headers: Record<string, string>,
    body?: object,
  ): Promise<Answer> {
    const answer = await this.pool.request({
      method,
      path,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      body: body ? JSON.stringify(body) : null,
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Refusal(answer.statusCode, text);
    return { text, cookies: [answer.headers['set-cookie'] ?? []].flat() };
  }
}
