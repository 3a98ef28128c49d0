import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@parta/platform-embedded';
import type { RunningGateway } from '@parta/gateway';
import { gatewayOn } from './gateway-on.js';
import { Door, OPERATOR, replyOf, type Reply } from './security/door.js';

describe('the address of a client', () => {
  let door: Door;
  const gateways: RunningGateway[] = [];
  beforeAll(async () => {
    door = await Door.open();
  }, 60_000);
  afterAll(async () => {
    for (const gateway of gateways) await gateway.stop();
    await door?.close();
  }, 60_000);

  const behind = async (options: Parameters<typeof gatewayOn>[2]): Promise<string> => {
    const gateway = await gatewayOn(door.bench.bus.nats.getServer(), door.bench.keys, options);
    gateways.push(gateway);
    return gateway.url;
  };
  const signIn = async (
    url: string,
    headers: Record<string, string>,
    password = OPERATOR.password,
  ): Promise<Reply> =>
    replyOf(
      await fetch(`${url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ login: OPERATOR.login, password }),
      }),
    );
  /** As identity has noted it with the session. */
  const noted = async (url: string, forwarded: string): Promise<unknown> => {
    const session = await signIn(url, {
      'x-forwarded-for': forwarded,
      forwarded: `for=${forwarded}`,
      'x-real-ip': forwarded,
    });
    const reply = await replyOf(
      await fetch(`${url}/api/v1/me/sessions`, {
        headers: { authorization: `Bearer ${String(session.body.accessToken)}` },
      }),
    );
    return (reply.body.sessions as { isCurrent: boolean; address: string }[]).find((one) => one.isCurrent)!
      .address;
  };

  it.each<[string, string[], string, string]>([
    ['is the peer’s, whatever it says, where no proxy is named', [], '198.51.100.7', '127.0.0.1'],
    ['is the peer’s, if that is no proxy that is named', ['10.0.0.0/8'], '198.51.100.7', '127.0.0.1'],
    ['is what a named proxy says', ['127.0.0.1'], '198.51.100.7', '198.51.100.7'],
    [
      'is the last that no named proxy has',
      ['loopback', '10.0.0.0/8'],
      '127.0.0.1, 198.51.100.7, 10.0.0.9',
      '198.51.100.7',
    ],
    [
      'is the last, where what is before it was made up',
      ['loopback'],
      '127.0.0.1, 203.0.113.5',
      '203.0.113.5',
    ],
  ])('%s', async (_, trustedProxies, forwarded, address) => {
    expect(await noted(await behind({ trustedProxies }), forwarded)).toBe(address);
  });

  it('cannot be changed to get past the limits', async () => {
    const url = await behind({ signInsPerMinutePerAddress: 3 });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1)
      statuses.push((await signIn(url, { 'x-forwarded-for': `198.51.100.${i}` })).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });

  it('does not make another page one’s own', async () => {
    const url = await behind({ trustedProxies: ['loopback'] });
    const reply = await signIn(url, { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' });
    expect([reply.status, reply.code]).toEqual([403, 'access.cross-site']);
  });

  it('does not open metrics and what is the matter: these are at a port of their own', async () => {
    const healthPort = await freePort();
    const url = await behind({ trustedProxies: ['loopback'], healthPort, healthHost: '127.0.0.1' });
    for (const headers of [{}, { 'x-forwarded-for': '127.0.0.1' }])
      expect((await fetch(`${url}/metrics`, { headers })).status).toBe(404);
    expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({ status: 'ready' });
    const inner = `http://127.0.0.1:${healthPort}`;
    expect(await (await fetch(`${inner}/metrics`)).text()).toContain('parta_request_duration_seconds');
    expect(await (await fetch(`${inner}/health/ready`)).text()).toBe('ready');
    expect((await fetch(`${inner}/api/v1/me`)).status).toBe(404);
  });
});
