import type { RunningGateway } from '@parta/gateway';
import { identityMigrations, identityService } from '@parta/identity';
import { createTestKeys, startServiceBench, type ServiceBench, type TestKeys } from '@parta/platform-testing';
import { gatewayOn } from '../gateway-on.js';

export const OPERATOR = { login: 'operator', password: 'the region’s own words' };

export interface Reply {
  status: number;
  headers: Headers;
  code: string | undefined;
  body: Record<string, unknown>;
}

/** The gateway in front of identity, with one account. */
export class Door {
  private constructor(
    readonly bench: ServiceBench,
    readonly gateway: RunningGateway,
  ) {}

  /** @param keys the same for all doors of a process: passport has one strategy of a name in it */
  static async open(options: Parameters<typeof gatewayOn>[2] = {}, keys?: TestKeys): Promise<Door> {
    keys ??= await createTestKeys();
    const bench = await startServiceBench(
      identityService({ signingKey: keys.privateJwk, firstOperator: OPERATOR }),
      identityMigrations,
      { keys },
    );
    return new Door(bench, await gatewayOn(bench.bus.nats.getServer(), keys, options));
  }

  async send(
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Reply> {
    const answer = await fetch(this.gateway.url + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return replyOf(answer);
  }

  /** @param address where the request comes from, when the gateway trusts a proxy */
  signIn(login: string, password: string, address?: string): Promise<Reply> {
    const headers = address ? { 'x-forwarded-for': address } : undefined;
    return this.send('POST', '/api/v1/session', { body: { login, password }, headers });
  }

  async close(): Promise<void> {
    await this.gateway.stop();
    await this.bench.stop();
  }
}

/** The refresh cookie of an answer, as a browser would send it back. */
export const cookieOf = ({ headers }: Reply): string => headers.getSetCookie()[0]!.split(';')[0]!;

export async function replyOf(answer: Response): Promise<Reply> {
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json');
  const parsed = (isJson && text ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: answer.status, headers: answer.headers, code: parsed.code as string, body: parsed };
}
