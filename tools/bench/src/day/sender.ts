import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

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
  private readonly agent: Agent;
  /** answers that were none, or not a success, by what was said; each try counts */
  readonly failures = new Map<string, number>();

  constructor(
    private readonly url: string,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** @param what it is counted as, when it fails */
  async send(
    what: string,
    method: string,
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

  close(): void {
    this.agent.destroy();
  }

  private sendOnce(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: object,
  ): Promise<Answer> {
    const json = body && JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.url}${path}`,
        {
          method,
          agent: this.agent,
          timeout: TIMEOUT_MS,
          headers: {
            ...headers,
            ...(json && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }),
          },
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          answer.on('error', reject);
          answer.on('end', () =>
            answer.statusCode! < 300
              ? resolve({ text, cookies: answer.headers['set-cookie'] ?? [] })
              : reject(new Refusal(answer.statusCode!, text)),
          );
        },
      );
      sent.on('timeout', () => sent.destroy(new Error('no answer in 30 s')));
      sent.on('error', reject);
      sent.end(json);
    });
  }
}
