import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLIENT_SCOPES } from '@parta/contracts-identity';
import { bodyTypesOf, type Operation } from '@parta/platform-contract';
import { createTestKeys, type TestKeys } from '@parta/platform-testing';
import { everyOperation, keyOf } from './authorisation/bed.js';
import { gatewayOn } from './gateway-on.js';
import { Door, OPERATOR, replyOf, type Reply } from './security/door.js';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const operations = everyOperation().filter(({ http }) => http);
const named = operations.map((operation) => [keyOf(operation), operation] as const);
const withBody = named.filter(([, operation]) => bodyTypesOf(operation).includes('application/json'));
const guarded = named.filter(([, { access }]) => access.kind !== 'anyone');
const ID = '0197b3c4-0000-7000-8000-000000000001';
const pathOf = ({ http }: Operation): string => http!.path.replace(/\{\w+\}/g, ID);

const webRoot = mkdtempSync(join(tmpdir(), `parta-test-${process.pid}-web-`));
const titles = new Map<string, Set<unknown>>();
let door: Door;
let keys: TestKeys;

beforeAll(async () => {
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Парта</title>');
  keys = await createTestKeys();
  door = await Door.open(
    { webRoot, requestsPerMinutePerAddress: 10_000, signInsPerMinutePerAddress: 10_000 },
    keys,
  );
}, 60_000);
afterAll(async () => {
  await door?.close();
  rmSync(webRoot, { recursive: true, force: true });
}, 60_000);

async function send(path: string, init: RequestInit = {}): Promise<Reply> {
  const reply = await replyOf(await fetch(door.gateway.url + path, init));
  if (reply.headers.get('content-type')?.includes('problem')) {
    if (!titles.has(reply.code!)) titles.set(reply.code!, new Set());
    titles.get(reply.code!)!.add(reply.body.title);
  }
  return reply;
}

function expectProblem(reply: Reply, status: number, code: string): void {
  expect([reply.status, reply.code, reply.headers.get('content-type')]).toEqual([
    status,
    code,
    'application/problem+json; charset=utf-8',
  ]);
  expect(reply.body).toEqual(
    expect.objectContaining({ type: `urn:parta:error:${code}`, status, detail: expect.any(String) }),
  );
}

/** Another gateway on the same bus, with a public address. */
async function withPublicAddress(): Promise<{
  ask: (path: string) => Promise<Record<string, unknown>>;
  stop: () => Promise<void>;
}> {
  const gateway = await gatewayOn(door.bench.bus.nats.getServer(), keys, {
    publicUrl: 'https://journal.example/',
  });
  return {
    ask: async (path) => (await replyOf(await fetch(gateway.url + path))).body,
    stop: () => gateway.stop(),
  };
}

describe('credentials', () => {
  it.each(guarded)('%s asks for a bearer token when none comes', async (_, operation) => {
    const reply = await send(pathOf(operation), { method: operation.http!.method });
    expectProblem(reply, 401, 'access.unauthenticated');
    expect(reply.headers.get('www-authenticate')).toBe('Bearer realm="Parta"');
  });

  it.each(named)('%s refuses credentials of another scheme', async (_, operation) => {
    for (const authorization of [
      'Basic x',
      'Basic',
      'Digest username="a"',
      'Bearer',
      'Bearer a b',
      'x',
    ].filter(() => !operation.http!.isTokenEndpoint)) {
      const reply = await send(pathOf(operation), {
        method: operation.http!.method,
        headers: { authorization },
      });
      expectProblem(reply, 401, 'access.token-invalid');
      expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer realm="Parta", error="invalid_token"/);
    }
  });

  it.each(guarded)('%s refuses a token that nobody signed', async (_, operation) => {
    const reply = await send(pathOf(operation), {
      method: operation.http!.method,
      headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' },
    });
    expectProblem(reply, 401, 'access.token-invalid');
    expect(reply.headers.get('www-authenticate')).toMatch(/error="invalid_token"/);
  });

  it('are asked for on the live updates too, and after a wrong password', async () => {
    for (const headers of [{}, { authorization: 'Basic x' }]) {
      const live = await send('/api/v1/live', { headers });
      expect([live.status, live.headers.get('www-authenticate')]).toEqual([
        401,
        expect.stringMatching(/^Bearer /),
      ]);
    }
    const wrong = await door.signIn(OPERATOR.login, 'a guess');
    expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="Parta"']);
  });
});

describe('a method that a path does not have', () => {
  const byPath = Map.groupBy(operations, pathOf);
  it.each([...byPath.keys()])('%s answers 405 and says which it has', async (path) => {
    const has = byPath.get(path)!.map(({ http }) => http!.method as string);
    for (const method of METHODS.filter((one) => !has.includes(one))) {
      const reply = await send(path, {
        method,
        ...(method !== 'GET' && { body: 'x'.repeat(300_000), headers: { 'content-type': 'text/plain' } }),
      });
      if (path === '/oauth/token')
        expect([reply.status, reply.code]).toEqual([405, 'request.method-not-allowed']);
      else expectProblem(reply, 405, 'request.method-not-allowed');
      const allowed = reply.headers.get('allow')!.split(', ');
      expect(allowed.filter((one) => one !== 'HEAD')).toEqual([...has].sort());
    }
  });

  it.each([
    ['/health/live', 'POST', 'GET, HEAD'],
    ['/api/openapi.json', 'DELETE', 'GET, HEAD'],
    ['/api/v1/live', 'PUT', 'GET, HEAD'],
  ])('%s, which no contract has, too', async (path, method, allow) => {
    const reply = await send(path, { method });
    expectProblem(reply, 405, 'request.method-not-allowed');
    expect(reply.headers.get('allow')).toBe(allow);
  });

  it.each(['TRACE', 'PROPFIND'])('such as %s, which no path has', async (method) => {
    const status = await new Promise((resolve, reject) =>
      request(`${door.gateway.url}/api/v1/me`, { method }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end(),
    );
    expect(status).toBe(405);
  });
});

describe('the body', () => {
  const types = [
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/xml',
    'text/csv',
    'application/zip',
    'application/json',
  ];
  it.each(named.filter(([, { http }]) => http!.method !== 'GET'))(
    '%s refuses every media type that it does not take, before its size',
    async (_, operation) => {
      const taken = bodyTypesOf(operation);
      for (const type of types.filter((one) => !taken.includes(one.split(';')[0]!))) {
        const reply = await send(pathOf(operation), {
          method: operation.http!.method,
          headers: { 'content-type': type },
          body: 'x'.repeat(300_000),
        });
        if (operation.http!.isTokenEndpoint)
          expect([reply.status, reply.code]).toEqual([415, 'request.unsupported-media-type']);
        else expectProblem(reply, 415, 'request.unsupported-media-type');
      }
    },
  );

  it.each(withBody)('%s refuses JSON that is nested without end', async (_, operation) => {
    for (const body of [
      '{"a":'.repeat(1500) + '1' + '}'.repeat(1500),
      '['.repeat(1500) + ']'.repeat(1500),
      `{"login":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    ]) {
      const reply = await send(pathOf(operation), {
        method: operation.http!.method,
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect([reply.status, reply.code]).toEqual([400, 'request.malformed']);
    }
  });

  it.each([
    ['no HTTP', 'no http at all\r\n\r\n', 400, 'request.malformed'],
    ['headers without end', `GET / HTTP/1.1\r\nx: ${'x'.repeat(40_000)}`, 431, 'request.headers-too-large'],
  ])('of a connection that brings %s is refused as a problem', async (_what, bytes, status, code) => {
    const { port } = new URL(door.gateway.url);
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('error', reject);
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('Content-Type: application/problem+json');
    expect(answer).toContain(`"code":"${code}"`);
  });
});

describe('a path that nobody knows', () => {
  it.each([
    '/api',
    '/api/',
    '/API/v1/me',
    '/%61pi/v1/nothing',
    '//api/v1/me',
    '/api/v1/nothing',
    '/api/exchange/v1/nothing',
    '/ims',
    '/ims/oneroster/nothing/v1p2',
    '/ims/oneroster/v1p2/nothing',
    '/oauth',
    '/oauth/authorize',
    '/.well-known',
    '/.well-known/security.txt',
    '/.well-known/change-password',
    '/health',
    '/health/nothing',
    '/metrics',
    '/metrics/nothing',
    '/assets/nothing',
  ])('%s is a problem and never the page', async (path) => {
    for (const method of ['GET', 'POST']) {
      const reply = await send(path, { method, headers: { accept: 'text/html' } });
      expectProblem(reply, 404, 'request.no-such-route');
    }
  });

  it.each(['/', '/journal/7', '/apiary', '/journal/7?from=/api/v1/me'])('%s is the page’s', async (path) => {
    const answer = await fetch(door.gateway.url + path);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('Парта')]);
  });
});

describe('POST /oauth/token', () => {
  const wanted = { grant_type: 'client_credentials' };
  let id: string;
  let secret: string;

  beforeAll(async () => {
    const token = String((await door.signIn(OPERATOR.login, OPERATOR.password)).body.accessToken);
    const client = await door.send('POST', '/api/v1/clients', {
      headers: { authorization: `Bearer ${token}` },
      body: { name: 'Регион', scopes: ['timetable.write'] },
    });
    id = String(client.body.clientId);
    secret = String(client.body.clientSecret);
  });

  const basic = (text: string): Record<string, string> => ({
    authorization: `Basic ${Buffer.from(text).toString('base64')}`,
  });
  const ask = (
    body: Record<string, string> | [string, string][],
    headers: Record<string, string> = {},
  ): Promise<Reply> => send('/oauth/token', { method: 'POST', headers, body: new URLSearchParams(body) });
  const percent = (text: string): string =>
    [...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');

  it('takes the credentials by HTTP Basic, form-urlencoded, or as parameters', async () => {
    for (const [body, headers] of [
      [wanted, basic(`${id}:${secret}`)],
      [wanted, basic(`${percent(id)}:${percent(secret)}`)],
      [{ ...wanted, client_id: id }, basic(`${id}:${secret}`)],
      [{ ...wanted, client_id: id, client_secret: secret }, {}],
      [{ ...wanted, client_id: id, client_secret: secret, scope: '' }, {}],
    ] as const) {
      const reply = await ask(body, headers);
      expect([reply.status, reply.body]).toEqual([
        200,
        {
          access_token: expect.any(String),
          token_type: 'Bearer',
          expires_in: 3600,
          scope: 'timetable.write',
        },
      ]);
      expect([reply.headers.get('cache-control'), reply.headers.get('pragma')]).toEqual([
        'no-store',
        'no-cache',
      ]);
    }
  });

  it('ignores parameters that it does not know', async () => {
    const reply = await ask({ ...wanted, audience: 'x', resource: 'y' }, basic(`${id}:${secret}`));
    expect(reply.status).toBe(200);
  });

  it.each<
    [string, () => [Record<string, string> | [string, string][], Record<string, string>], number, string]
  >([
    [
      'both ways',
      () => [{ ...wanted, client_id: id, client_secret: secret }, basic(`${id}:${secret}`)],
      400,
      'invalid_request',
    ],
    [
      'as two clients',
      () => [{ ...wanted, client_id: ID }, basic(`${id}:${secret}`)],
      400,
      'invalid_request',
    ],
    ['a wrong secret', () => [wanted, basic(`${id}:guess`)], 401, 'invalid_client'],
    [
      'a wrong secret as a parameter',
      () => [{ ...wanted, client_id: id, client_secret: 'guess' }, {}],
      401,
      'invalid_client',
    ],
    ['Basic that is no Base64', () => [wanted, { authorization: 'Basic ???' }], 401, 'invalid_client'],
    ['Basic without a colon', () => [wanted, basic('x')], 401, 'invalid_client'],
    ['Basic with a broken escape', () => [wanted, basic(`${id}:%zz`)], 401, 'invalid_client'],
    ['a bearer token', () => [wanted, { authorization: 'Bearer x' }], 401, 'invalid_client'],
    ['no credentials', () => [wanted, {}], 401, 'invalid_client'],
    ['no grant', () => [{}, basic(`${id}:${secret}`)], 400, 'invalid_request'],
    [
      'another grant',
      () => [{ grant_type: 'password' }, basic(`${id}:${secret}`)],
      400,
      'unsupported_grant_type',
    ],
    [
      'a scope it may not have',
      () => [{ ...wanted, scope: 'roster.write' }, basic(`${id}:${secret}`)],
      400,
      'invalid_scope',
    ],
    [
      'a parameter twice',
      () => [
        [
          ['grant_type', 'client_credentials'],
          ['grant_type', 'client_credentials'],
        ],
        basic(`${id}:${secret}`),
      ],
      400,
      'invalid_request',
    ],
  ])('answers %s as RFC 6749 has it', async (_what, requestOf, status, error) => {
    const reply = await ask(...requestOf());
    expect([reply.status, reply.body.error, reply.headers.get('content-type')]).toEqual([
      status,
      error,
      'application/json; charset=utf-8',
    ]);
    expect(reply.headers.get('www-authenticate')).toBe(
      status === 401 ? 'Basic realm="Parta", charset="UTF-8"' : null,
    );
    expect(reply.headers.get('cache-control')).toBe('no-store');
  });
});

describe('OAuth metadata', () => {
  const PATH = '/.well-known/oauth-authorization-server';

  it('names the address that was asked, and what the token endpoint honours', async () => {
    const { url } = door.gateway;
    const reply = await send(PATH);
    expect([reply.status, reply.headers.get('content-type'), reply.body]).toEqual([
      200,
      'application/json; charset=utf-8',
      {
        issuer: url,
        token_endpoint: `${url}/oauth/token`,
        response_types_supported: [],
        grant_types_supported: ['client_credentials'],
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
        scopes_supported: [...CLIENT_SCOPES].sort(),
        service_documentation: `${url}/api/openapi.json`,
      },
    ]);
    const posted = await send(PATH, { method: 'POST' });
    expectProblem(posted, 405, 'request.method-not-allowed');
  });

  it('believes nobody but a trusted proxy about the address', async () => {
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    expect((await send(PATH, { headers })).body.issuer).toBe(door.gateway.url);
    const named = await hostAsked('journal.example');
    expect(named).toBe('http://journal.example');
    expect(await hostAsked('journal.example/path?x')).toBe(door.gateway.url);
  });

  const hostAsked = (host: string): Promise<unknown> =>
    new Promise((resolve, reject) =>
      request(door.gateway.url + PATH, { headers: { host } }, (answer) => {
        let text = '';
        answer.on('data', (chunk) => (text += String(chunk)));
        answer.on('end', () => resolve((JSON.parse(text) as { issuer: string }).issuer));
      })
        .on('error', reject)
        .end(),
    );

  it('names the public address when there is one, and so does the description', async () => {
    const named = await withPublicAddress();
    try {
      const metadata = await named.ask(PATH);
      expect([metadata.issuer, metadata.token_endpoint]).toEqual([
        'https://journal.example',
        'https://journal.example/oauth/token',
      ]);
      expect((await named.ask('/api/openapi.json')).servers).toEqual([
        expect.objectContaining({ url: 'https://journal.example' }),
      ]);
    } finally {
      await named.stop();
    }
  });
});

it('a problem’s title belongs to its code', () => {
  expect(titles.size).toBeGreaterThan(3);
  expect([...titles].filter(([, of]) => of.size !== 1)).toEqual([]);
});
