import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  endOtherSession,
  endSession,
  listSessions,
  refreshSession,
  setAccountBlocked,
  type SessionView,
} from '@parta/contracts-identity';
import { IdentityUnderTest, OPERATOR } from '../../../test/identity-under-test.js';
import { SchoolInDirectory } from '../../../test/school.js';

describe('a session', () => {
  let identity: IdentityUnderTest;
  let school: SchoolInDirectory;
  let personId: string;
  let account: { login: string; password: string; accountId: string };

  beforeAll(async () => {
    identity = await IdentityUnderTest.start({ idleMinutes: 30, sessionDays: 2 });
  }, 60_000);
  afterAll(() => identity?.stop());
  beforeEach(async () => {
    school = await SchoolInDirectory.make(identity);
    personId = await school.staff({ familyName: 'Ив', givenName: 'Ян' }, ['teacher']);
    account = await school.signedIn(personId);
  });

  const signIn = (): Promise<SessionView> => identity.signIn(account.login, account.password);
  const refresh = (session: { refreshToken?: string }): Promise<SessionView> =>
    identity.call(refreshSession, { refreshToken: session.refreshToken });
  const refused = (session: { refreshToken?: string }, code: string) =>
    expect(refresh(session)).rejects.toMatchObject({ code: `identity.${code}`, kind: 'unauthenticated' });

  it('gets a new access token and another refresh token at each refresh', async () => {
    const first = await signIn();
    identity.clock.advance({ minutes: 5 });
    const second = await refresh(first);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    const [before, after] = [
      await identity.actorOf(first.accessToken),
      await identity.actorOf(second.accessToken),
    ];
    expect(after.sessionId).toBe(before.sessionId);
    await refresh(second);
  });

  it('learns of a new role at the next refresh', async () => {
    const first = await signIn();
    await school.staff({ familyName: 'Ив', givenName: 'Ян' }, ['teacher', 'librarian'], personId);
    const second = await refresh(first);
    expect((await identity.actorOf(second.accessToken)).has(['librarian'], school.id)).toBe(true);
  });

  it('ends for thief and owner when a used refresh token comes again', async () => {
    const stolen = await signIn();
    const current = await refresh(stolen);
    identity.clock.advance({ seconds: 11 });
    await refused(stolen, 'refresh-token-reused');
    await refused(current, 'session-ended');
    const events = await identity.rows('select 1 from account_events where account_id = $1 and what = $2', [
      account.accountId,
      'refresh-token-reused',
    ]);
    expect(events).toHaveLength(1);
  });

  it('goes on when two tabs refresh at the same moment', async () => {
    const session = await signIn();
    const tabs = await Promise.all(Array.from({ length: 6 }, () => refresh(session)));
    expect(new Set(tabs.map((tab) => tab.refreshToken)).size).toBe(1);
    identity.clock.advance({ seconds: 60 });
    await refresh(tabs[0]!);
  });

  it('ends after half an hour without a refresh, and stays ended', async () => {
    const session = await signIn();
    identity.clock.advance({ minutes: 29 });
    const used = await refresh(session);
    identity.clock.advance({ minutes: 31 });
    await refused(used, 'session-idle');
    await refused(used, 'session-idle');
  });

  it('ends after its days however much it is used', async () => {
    let session = await signIn();
    for (let i = 0; i < 96; i += 1) {
      identity.clock.advance({ minutes: 29 });
      session = await refresh(session);
    }
    identity.clock.advance({ minutes: 29 });
    for (let i = 0; i < 3; i += 1) {
      session = await refresh(session).catch(() => session);
      identity.clock.advance({ minutes: 29 });
    }
    await refused(session, 'session-ended');
  });

  it('ends when the account is blocked', async () => {
    const session = await signIn();
    const operator = await identity.operatorToken();
    await identity.call(
      setAccountBlocked,
      { accountId: account.accountId, isBlocked: true, reason: 'x' },
      operator,
    );
    await refused(session, 'session-ended');
  });

  it('ends by signing out, which any token may ask for', async () => {
    const session = await signIn();
    await expect(identity.call(endSession, { refreshToken: session.refreshToken })).resolves.toEqual({});
    await refused(session, 'session-ended');
    for (const refreshToken of [session.refreshToken, undefined, 'nonsense'])
      await expect(identity.call(endSession, { refreshToken })).resolves.toEqual({});
  });

  it('is not refreshed without a token that was ever given', async () => {
    await refused({}, 'session-ended');
    await refused({ refreshToken: 'nonsense' }, 'session-ended');
    await refused({ refreshToken: 'A'.repeat(64) }, 'session-ended');
  });

  it('keeps nothing in the database by which it could be refreshed', async () => {
    const session = await signIn();
    const rows = await identity.rows<{ row: string }>('select row_to_json(s)::text as row from sessions s');
    const secret = Buffer.from(session.refreshToken!, 'base64url').subarray(16);
    for (const { row } of rows) expect(row).not.toContain(secret.toString('hex'));
  });

  describe('in the list of one’s own sessions', () => {
    it('is shown with address and client while it is open', async () => {
      const other = await signIn();
      const current = await signIn();
      await signIn().then((ended) => identity.call(endSession, { refreshToken: ended.refreshToken }));
      const { sessions } = await identity.call(listSessions, {}, current.accessToken);
      const ids = [current, other].map(async (s) => (await identity.actorOf(s.accessToken)).sessionId);
      expect(sessions.map((row) => row.sessionId)).toEqual(expect.arrayContaining(await Promise.all(ids)));
      expect(sessions).toHaveLength(3); // one more from the account's making
      expect(sessions.filter((row) => row.isCurrent)).toEqual([
        {
          sessionId: await ids[0],
          startedAt: identity.clock.now().toISOString(),
          lastUsedAt: identity.clock.now().toISOString(),
          address: '192.0.2.1',
          userAgent: 'test',
          isCurrent: true,
        },
      ]);
    });

    it('is not shown when it has been idle for too long', async () => {
      await signIn();
      identity.clock.advance({ minutes: 31 });
      const current = await signIn();
      expect((await identity.call(listSessions, {}, current.accessToken)).sessions).toHaveLength(1);
    });

    it('can be ended from another session', async () => {
      const lost = await signIn();
      const current = await signIn();
      const { sessionId } = await identity.actorOf(lost.accessToken);
      await identity.call(endOtherSession, { sessionId: sessionId! }, current.accessToken);
      await refused(lost, 'session-ended');
      await refresh(current);
      await expect(
        identity.call(endOtherSession, { sessionId: sessionId! }, current.accessToken),
      ).rejects.toMatchObject({ code: 'identity.session-not-found', kind: 'not-found' });
    });

    it('cannot be ended by somebody else', async () => {
      const operator = await identity.signIn(OPERATOR.login, OPERATOR.password);
      const { sessionId } = await identity.actorOf(operator.accessToken);
      const { accessToken } = await signIn();
      await expect(
        identity.call(endOtherSession, { sessionId: sessionId! }, accessToken),
      ).rejects.toMatchObject({
        code: 'identity.session-not-found',
      });
      await refresh(operator);
    });
  });
});
