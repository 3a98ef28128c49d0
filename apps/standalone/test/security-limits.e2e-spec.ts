import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UPLOADS } from '@parta/platform-messaging';
import { eventually } from '@parta/platform-testing';
import { Door, OPERATOR } from './security/door.js';
import { flood, waits } from './security/flood.js';

const SIGN_INS_A_MINUTE = 300;

describe('limits', () => {
  let door: Door;

  beforeAll(async () => {
    door = await Door.open({
      trustedProxies: ['loopback'],
      requestsPerMinute: 100_000,
      requestsPerMinutePerAddress: 100_000,
      signInsPerMinutePerAddress: SIGN_INS_A_MINUTE,
    });
  }, 60_000);
  afterAll(() => door?.close(), 60_000);

  it('a thousand guesses at one account end in a lock, then at the door; another address signs in meanwhile', async () => {
    const flooding = flood(1000, 20, (i) => door.signIn('ivanova.av', `guess ${i}`, '10.0.0.1'));
    const other = await door.signIn(OPERATOR.login, OPERATOR.password, '10.0.0.2');
    expect(other.status).toBe(200);
    const answers = await flooding;
    expect([...answers.keys()].sort()).toEqual([
      '401 identity.wrong-credentials',
      '429 identity.locked-out',
      '429 request.rate-limited',
    ]);
    const wrong = answers.get('401 identity.wrong-credentials')!.length;
    expect(wrong).toBeGreaterThanOrEqual(4);
    // Those under way together when the lock fell; a wrong password behind it is not even looked at.
    expect(wrong).toBeLessThanOrEqual(5);
    expect(answers.get('429 request.rate-limited')!.length).toBeGreaterThanOrEqual(
      1000 - 3 * SIGN_INS_A_MINUTE,
    );
    for (const code of ['429 identity.locked-out', '429 request.rate-limited'])
      expect(waits(answers.get(code))).toBe(true);
    expect(
      (await door.bench.admin.query<{ n: number }>('select count(*)::int as n from sign_in_attempts'))
        .rows[0]!.n,
    ).toBe(1);
  }, 60_000);

  it('many guessers from many addresses find the line for hashing full; who is signed in works on', async () => {
    const signedIn = await door.signIn(OPERATOR.login, OPERATOR.password, '10.0.0.3');
    const headers = { authorization: `Bearer ${String(signedIn.body.accessToken)}` };
    const flooding = flood(600, 600, (i) => door.signIn(`nobody-${i}`, 'guess', `10.1.${i >> 8}.${i & 255}`));
    for (let i = 0; i < 5; i += 1)
      expect((await door.send('GET', '/api/v1/me', { headers })).status).toBe(200);
    const answers = await flooding;
    const busy = answers.get('503 identity.busy');
    expect(busy?.length).toBeGreaterThan(0);
    expect(waits(busy)).toBe(true);
    expect(answers.get('401 identity.wrong-credentials')?.length).toBeGreaterThan(0);
    // On a machine with other things to do some wait in the line for longer than the gateway does.
    const known = ['401 identity.wrong-credentials', '503 identity.busy', '503 service.timeout'];
    expect([...answers.keys()].filter((one) => !known.includes(one))).toEqual([]);
    await eventually(
      async () => expect((await door.signIn(OPERATOR.login, OPERATOR.password, '10.0.0.4')).status).toBe(200),
      { timeoutMs: 30_000 },
    );
  }, 90_000);

  it('guesses at the secret of a regional system end at the door too', async () => {
    const answers = await flood(SIGN_INS_A_MINUTE + 50, 20, () =>
      door.send('POST', '/oauth/token', {
        headers: { 'x-forwarded-for': '10.0.0.5' },
        body: {
          grant_type: 'client_credentials',
          client_id: '00000000-0000-7000-8000-000000000000',
          client_secret: 'guess',
        },
      }),
    );
    expect([...answers.keys()].sort()).toEqual([
      '401 identity.wrong-client-credentials',
      '429 request.rate-limited',
    ]);
    expect(waits(answers.get('429 request.rate-limited'))).toBe(true);
  }, 60_000);

  it('a body is no larger than what is expected there, and nothing of it is kept', async () => {
    const large = await door.send('POST', '/api/v1/session', {
      body: { login: 'x'.repeat(300_000), password: 'x' },
      headers: { 'x-forwarded-for': '10.0.0.6' },
    });
    expect([large.status, large.code]).toEqual([413, 'request.body-too-large']);
    const authorization = `Bearer ${await door.bench.keys.clientToken('region', ['timetable.write'])}`;
    const upload = (init: RequestInit) =>
      fetch(`${door.gateway.url}/api/exchange/v1/timetables`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'text/csv' },
        ...init,
      });
    const file = await upload({ body: new Uint8Array(30 * 1024 * 1024) });
    expect([file.status, ((await file.json()) as { code: string }).code]).toEqual([
      413,
      'request.body-too-large',
    ]);
    const bucket = `OBJ_${UPLOADS.bucket}`;
    await eventually(async () =>
      expect((await door.bench.bus.manager.streams.info(bucket)).state.messages).toBe(0),
    );
  }, 60_000);

  it('a body that would reach into prototypes is not read', async () => {
    const answer = await fetch(`${door.gateway.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '10.0.0.7' },
      body: '{"login":"a","password":"b","__proto__":{"isAdmin":true}}',
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      400,
      'request.malformed',
    ]);
  });
});
