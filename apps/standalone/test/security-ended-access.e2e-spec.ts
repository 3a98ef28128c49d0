import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aClass, aGuardian, aSchool, aStaffMember } from '@parta/contracts-contingent/testing';
import type { RunningGateway } from '@parta/gateway';
import type { Fact } from '@parta/platform-contract';
import { eventually } from '@parta/platform-testing';
import { gatewayOn } from './gateway-on.js';
import { cookieOf, Door, OPERATOR, replyOf, type Reply } from './security/door.js';
import { LiveStream } from './security/live-stream.js';

const PASSWORD = 'Лес за рекой 5';

/** Tokens say the second in which they were signed, and those of one second are good together. */
async function untilLaterThan(token: string): Promise<void> {
  const { iat } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { iat: number };
  await eventually(() => Promise.resolve(expect(Math.floor(Date.now() / 1000)).toBeGreaterThan(iat)));
}

describe('access that ends', () => {
  let door: Door;
  let second: RunningGateway;
  let operator: string;
  let schoolId: string;
  let personId: string;
  let accountId: string;
  let login: string;
  let session: Reply;

  beforeAll(async () => {
    door = await Door.open();
    second = await gatewayOn(door.bench.bus.nats.getServer(), door.bench.keys);
    operator = String((await door.signIn(OPERATOR.login, OPERATOR.password)).body.accessToken);
  }, 60_000);
  afterAll(async () => {
    await second?.stop();
    await door?.close();
  }, 60_000);

  const tell = <D extends object>(
    { fact, aggregateId, data }: { fact: Fact<D>; aggregateId: string; data: D },
    version = 1,
  ): Promise<void> => door.bench.publish(fact, { schoolId, aggregateId, version }, data);
  const staff = (roles: string[], version: number, isActive = true): Promise<void> =>
    tell(aStaffMember(personId, { roles, isActive }), version);
  const as = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
  const tokenOf = (reply: Reply): string => String(reply.body.accessToken);

  beforeEach(async () => {
    schoolId = crypto.randomUUID();
    personId = crypto.randomUUID();
    await tell(aSchool(schoolId));
    await staff(['teacher', 'deputy-head'], 1);
    const opened = await eventually(async () => {
      const reply = await door.send('POST', `/api/v1/people/${personId}/account`, {
        headers: as(operator),
        body: {},
      });
      expect(reply.status).toBe(201);
      return reply;
    });
    ({ accountId, login } = opened.body as { accountId: string; login: string });
    const first = await door.signIn(login, String(opened.body.initialPassword));
    session = await door.send('POST', '/api/v1/me/password', {
      headers: as(tokenOf(first)),
      body: { currentPassword: opened.body.initialPassword, newPassword: PASSWORD },
    });
    expect(session.status).toBe(200);
  });

  /** What each gateway says to the token, for something that changes data and something that reads. */
  const answers = async (token: string): Promise<string[]> => {
    const said: string[] = [];
    for (const url of [door.gateway.url, second.url])
      for (const [method, path] of [
        ['GET', '/api/v1/me'],
        ['DELETE', `/api/v1/me/sessions/${crypto.randomUUID()}`],
      ] as const) {
        const reply = await replyOf(await fetch(url + path, { method, headers: as(token) }));
        said.push(`${reply.status} ${reply.code ?? ''}`.trim());
      }
    return said;
  };
  const open = ['200', '404 identity.session-not-found', '200', '404 identity.session-not-found'];
  const everywhere = (one: string): string[] => [one, one, one, one];

  it.each([
    [
      'with the sign-out',
      () => door.send('DELETE', '/api/v1/session', { headers: { cookie: cookieOf(session) } }),
    ],
    [
      'with a block',
      () =>
        door.send('PUT', `/api/v1/accounts/${accountId}/blocked`, {
          headers: as(operator),
          body: { isBlocked: true, reason: 'уволена' },
        }),
    ],
    [
      'with a reset of the password',
      () =>
        door.send('POST', `/api/v1/accounts/${accountId}/password-reset`, {
          headers: as(operator),
          body: {},
        }),
    ],
    ['with the last role', () => staff([], 2, false)],
    ['with one of the roles', () => staff(['teacher'], 2)],
  ])('%s ends at once at every gateway: live updates and token', async (what, end) => {
    const token = tokenOf(session);
    expect(await answers(token)).toEqual(open);
    const streams = [
      await LiveStream.open(door.gateway.url, token, ''),
      await LiveStream.open(second.url, token, ''),
    ];
    await untilLaterThan(token);
    await end();
    await Promise.all(streams.map((stream) => stream.ended));
    const isRole = what.includes('role');
    expect(await answers(token)).toEqual(
      everywhere(isRole ? '401 access.token-expired' : '401 identity.session-ended'),
    );
    if (!isRole) return;
    const renewed = await door.send('POST', '/api/v1/session/refresh', {
      headers: { cookie: cookieOf(session) },
    });
    expect(await answers(tokenOf(renewed))).toEqual(open);
  });

  it('is that of one session: others of the account go on', async () => {
    const other = await door.signIn(login, PASSWORD);
    const stream = await LiveStream.open(door.gateway.url, tokenOf(other), '');
    await door.send('DELETE', '/api/v1/session', { headers: { cookie: cookieOf(session) } });
    await eventually(async () =>
      expect(await answers(tokenOf(session))).toEqual(everywhere('401 identity.session-ended')),
    );
    expect(await answers(tokenOf(other))).toEqual(open);
    stream.close();
  });

  it('is that of a class teacher who is one no more, and of a guardian whose child is taken away', async () => {
    const classId = crypto.randomUUID();
    const childId = crypto.randomUUID();
    const record = (homeroomTeacherIds: string[], version: number) =>
      tell(aClass(classId, { homeroomTeacherIds }), version);
    const guardian = (studentIds: string[], version: number) =>
      tell(aGuardian(personId, { studentIds }), version);
    for (const [give, take] of [
      [() => record([personId], 1), () => record([], 2)],
      [() => guardian([childId], 1), () => guardian([], 2)],
    ] as const) {
      await give();
      const reply = await door.signIn(login, PASSWORD);
      const stream = await LiveStream.open(second.url, tokenOf(reply), '');
      await untilLaterThan(tokenOf(reply));
      await take();
      await stream.ended;
    }
  });

  it('leaves a known device behind that other failures do not lock', async () => {
    const { headers } = await door.signIn(login, PASSWORD);
    const cookie = headers.getSetCookie().find((one) => one.startsWith('parta_device='))!;
    expect(cookie).toMatch(/; Max-Age=15552000; Path=\/api\/v1\/session; HttpOnly; SameSite=Strict$/);
    for (let i = 0; i < 5; i += 1) await door.signIn(login, 'a guess');
    expect((await door.signIn(login, PASSWORD)).code).toBe('identity.locked-out');
    const known = await door.send('POST', '/api/v1/session', {
      headers: { cookie: cookie.split(';')[0]! },
      body: { login, password: PASSWORD },
    });
    expect(known.status).toBe(200);
    expect(Object.keys(known.body).sort()).toEqual(['accessToken', 'expiresIn', 'mustChangePassword']);
  });
});
