import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT, exportSPKI, generateKeyPair, importJWK, type CryptoKey } from 'jose';
import { cookieOf, Door, OPERATOR } from './security/door.js';

const REFRESH = '/api/v1/session/refresh';

describe('a session in the hands of others', () => {
  let door: Door;
  let trial: Door;

  beforeAll(async () => {
    door = await Door.open({ secureCookies: true });
    trial = await Door.open({}, door.bench.keys);
  }, 60_000);
  afterAll(() => Promise.all([door?.close(), trial?.close()]), 60_000);

  const signIn = () => door.signIn(OPERATOR.login, OPERATOR.password);
  const refresh = (cookie: string, headers: Record<string, string> = {}) =>
    door.send('POST', REFRESH, { headers: { cookie, ...headers } });

  it('keeps the refresh token in a cookie that no script and no other site can use', async () => {
    const opened = await signIn();
    expect(opened.body).not.toHaveProperty('refreshToken');
    const [name, ...flags] = opened.headers.getSetCookie()[0]!.split('; ');
    expect(name).toMatch(/^parta_refresh=[\w.-]{40,}$/);
    expect(flags.sort()).toEqual(['HttpOnly', 'Path=/api/v1/session', 'SameSite=Strict', 'Secure']);
    const ended = await door.send('DELETE', '/api/v1/session', { headers: { cookie: cookieOf(opened) } });
    expect(ended.headers.getSetCookie()[0]).toMatch(
      /^parta_refresh=; .*(Max-Age=0|Expires=Thu, 01 Jan 1970)/,
    );
  });

  it('leaves Secure out only where the installation says so', async () => {
    const flags = (await trial.signIn(OPERATOR.login, OPERATOR.password)).headers.getSetCookie()[0]!;
    expect(flags).not.toContain('Secure');
    expect(flags).toContain('HttpOnly; SameSite=Strict');
  });

  it.each([
    ['a form on another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a sibling subdomain', { 'sec-fetch-site': 'same-site', origin: 'https://other.school.example' }],
    ['an old browser on another site', { origin: 'https://evil.example' }],
  ])('is not refreshed, ended or opened from %s', async (_, headers) => {
    const cookie = cookieOf(await signIn());
    for (const [method, path, body] of [
      ['POST', REFRESH, undefined],
      ['DELETE', '/api/v1/session', undefined],
      ['POST', '/api/v1/session', OPERATOR],
    ] as const) {
      const answer = await door.send(method, path, { body, headers: { cookie, ...headers } });
      expect([path, answer.status, answer.code]).toEqual([path, 403, 'access.cross-site']);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    // Nothing was used up: its own page still goes on.
    const own = await refresh(cookie, { 'sec-fetch-site': 'same-origin', origin: door.gateway.url });
    expect(own.status).toBe(200);
  });

  it('does not let another site read an answer', async () => {
    const answer = await door.send('GET', '/api/openapi.json', {
      headers: { origin: 'https://evil.example' },
    });
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    const preflight = await door.send('OPTIONS', '/api/v1/session', {
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(405);
  });

  it('ends for the thief and the owner when a refresh token that was used comes again', async () => {
    const first = cookieOf(await signIn());
    const second = cookieOf(await refresh(first));
    const third = cookieOf(await refresh(second));
    expect((await refresh(first)).code).toBe('identity.refresh-token-reused');
    expect([(await refresh(third)).status, (await refresh(second)).status]).toEqual([401, 401]);
  });

  it('takes the access token from the Authorization header alone', async () => {
    const token = String((await signIn()).body.accessToken);
    const known = await door.send('GET', '/api/v1/me', { headers: { authorization: `Bearer ${token}` } });
    expect([known.status, known.code]).toEqual([200, undefined]);
    for (const [path, headers] of [
      [`/api/v1/me?access_token=${token}`, {}],
      [`/api/v1/me?token=${token}`, {}],
      ['/api/v1/me', { cookie: `access_token=${token}; authorization=Bearer ${token}` }],
      ['/api/v1/me', { 'x-access-token': token }],
      [`/api/v1/live?access_token=${token}`, {}],
    ] as const) {
      const answer = await door.send('GET', path, { headers });
      expect([path.split('?')[0], answer.status, answer.code]).toEqual([
        path.split('?')[0],
        401,
        'access.unauthenticated',
      ]);
    }
  });

  it('is not believed when the token is signed otherwise', async () => {
    const { keySet, privateJwk } = door.bench.keys;
    const claims = {
      typ: 'account',
      name: 'x',
      grants: [{ role: 'regional-operator', schoolId: null, personId: null }],
    };
    const subject = crypto.randomUUID();
    const publicPem = await exportSPKI((await importJWK(keySet.keys[0]!, 'EdDSA')) as CryptoKey);
    const own = (await importJWK(privateJwk, 'EdDSA')) as CryptoKey;
    const signed = (issuer: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
        .setIssuer(issuer)
        .setSubject(subject)
        .setExpirationTime('1h');
    const forged = [
      new UnsecuredJWT(claims).setIssuer('parta').setSubject(subject).setExpirationTime('1h').encode(),
      await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: 'test' })
        .setIssuer('parta')
        .setSubject(subject)
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(publicPem)),
      await signed('somebody else').sign(own),
      await signed('parta').sign((await generateKeyPair('EdDSA')).privateKey),
    ];
    for (const token of forged) {
      const answer = await door.send('GET', '/api/v1/me', { headers: { authorization: `Bearer ${token}` } });
      expect([answer.status, answer.code]).toEqual([401, 'access.token-invalid']);
    }
  });
});
