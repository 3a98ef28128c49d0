import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  acceptInvitation,
  changePassword,
  issuePersonInvitation,
  resetPassword,
  setAccountBlocked,
} from '@parta/contracts-identity';
import { IdentityUnderTest } from '../../test/identity-under-test.js';
import { SchoolInDirectory } from '../../test/school.js';

let identity: IdentityUnderTest;
let school: SchoolInDirectory;
let login: string;
let password: string;
let accountId: string;
let token: string;

beforeAll(async () => {
  identity = await IdentityUnderTest.start();
}, 60_000);
afterAll(() => identity?.stop());
beforeEach(async () => {
  school = await SchoolInDirectory.make(identity);
  ({ login, password, accountId, token } = await school.signedIn(
    await school.staff({ familyName: 'Ив', givenName: 'Ян' }, ['teacher']),
  ));
});

/** The code with which an attempt is refused; null for none. */
const attempt = (given: string, address: string, device?: string): Promise<string | null> =>
  identity.signIn(login, given, { address }, device).then(
    () => null,
    (error: { code: string }) => error.code,
  );
const guess = async (times: number, address: string): Promise<void> => {
  for (let i = 0; i < times; i += 1) await attempt('wrong password', address);
};

describe('a guesser is locked, not the owner', () => {
  it('who signs in from another address meanwhile', async () => {
    await guess(6, '198.51.100.7');
    expect(await attempt(password, '198.51.100.7')).toBe('identity.locked-out');
    expect(await attempt(password, '192.0.2.1')).toBeNull();
    // The owner's success does not give the guesser another five.
    expect(await attempt('wrong password', '198.51.100.7')).toBe('identity.locked-out');
  });

  it('who signs in from the guesser’s own address, with a device that is known', async () => {
    const { device } = await identity.signIn(login, password, { address: '198.51.100.7' });
    await guess(6, '198.51.100.7');
    expect(await attempt(password, '198.51.100.7')).toBe('identity.locked-out');
    expect(await attempt(password, '198.51.100.7', device)).toBeNull();
  });

  it('in a network of IPv6, whose addresses are one', async () => {
    for (let i = 0; i < 5; i += 1) await guess(1, `2001:db8:5:6::${i}`);
    expect(await attempt(password, '2001:db8:5:6::99')).toBe('identity.locked-out');
    expect(await attempt(password, '2001:db8:5:7::99')).toBeNull();
  });

  it('who comes from many addresses: each further one has a single guess in 15 minutes', async () => {
    for (let i = 1; i <= 20; i += 1) await guess(1, `203.0.113.${i}`);
    await guess(1, '203.0.113.100');
    expect(await attempt('wrong password', '203.0.113.100')).toBe('identity.locked-out');
    identity.clock.advance({ minutes: 14 });
    expect(await attempt('wrong password', '203.0.113.100')).toBe('identity.locked-out');
    expect(await attempt(password, '192.0.2.77')).toBeNull();
    identity.clock.advance({ minutes: 2 });
    expect(await attempt('wrong password', '203.0.113.100')).toBe('identity.wrong-credentials');
  });

  it('also on a known device, or with a stolen access token', async () => {
    const { device } = await identity.signIn(login, password);
    for (let i = 0; i < 5; i += 1) await attempt('wrong password', '192.0.2.1', device);
    expect(await attempt(password, '192.0.2.1', device)).toBe('identity.locked-out');
    const change = { currentPassword: 'a guess', newPassword: 'Лес за рекой 5' };
    const codes: string[] = [];
    for (let i = 0; i < 6; i += 1)
      await identity
        .call(changePassword, change, token)
        .catch((error: { code: string }) => codes.push(error.code));
    expect(codes).toEqual([
      ...Array.from({ length: 5 }, () => 'identity.wrong-credentials'),
      'identity.locked-out',
    ]);
  });

  it('with a device of another account', async () => {
    const other = await school.signedIn(
      await school.staff({ familyName: 'Ли', givenName: 'Ян' }, ['teacher']),
    );
    const { device } = await identity.signIn(other.login, other.password);
    await guess(5, '198.51.100.7');
    expect(await attempt(password, '198.51.100.7', device)).toBe('identity.locked-out');
  });
});

describe('no session opened with the old password outlives', () => {
  const operator = (): Promise<string> => identity.operatorToken();
  const open = (): Promise<unknown[]> =>
    identity.rows('select 1 from sessions where account_id = $1 and ended_at is null', [accountId]);
  /** Sign-ins under way while something is done. */
  const during = async (work: Promise<unknown>): Promise<void> => {
    const attempts = Array.from({ length: 40 }, (_, i) => attempt(password, `192.0.2.${i}`));
    await Promise.all([work, ...attempts]);
  };

  it('a reset', async () => {
    await during(operator().then((by) => identity.call(resetPassword, { accountId }, by)));
    expect(await open()).toEqual([]);
    expect(await attempt(password, '192.0.2.200')).toBe('identity.wrong-credentials');
  });

  it('a block', async () => {
    await during(
      operator().then((by) =>
        identity.call(setAccountBlocked, { accountId, isBlocked: true, reason: 'уволен' }, by),
      ),
    );
    expect(await open()).toEqual([]);
  });

  it('a change, whose own session stays', async () => {
    await during(
      identity.call(changePassword, { currentPassword: password, newPassword: 'Лес за рекой 5' }, token),
    );
    expect(await open()).toHaveLength(1);
  });

  it('a reset that takes place while the holder changes it: the reset holds', async () => {
    const by = await operator();
    const change = identity
      .call(changePassword, { currentPassword: password, newPassword: 'Лес за рекой 5' }, token)
      .catch(() => null);
    const reset = identity.call(resetPassword, { accountId }, by);
    const [changed, { initialPassword }] = await Promise.all([change, reset]);
    // Whichever came last holds; if that was the change, it had been begun with the initial password, which it was not.
    expect(changed === null || (await attempt('Лес за рекой 5', '192.0.2.9')) !== null).toBe(true);
    expect(await attempt(initialPassword, '192.0.2.9')).toBeNull();
  });
});

describe('an invitation', () => {
  it('that is accepted with a weak password does not tell which logins there are', async () => {
    const invited = await school.staff({ familyName: 'Ким', givenName: 'Ян' }, ['teacher']);
    const { invitations } = await identity.call(
      issuePersonInvitation,
      { personId: invited },
      await identity.operatorToken(),
    );
    const { code } = invitations[0]!;
    for (const one of [login, `nobody-${school.id}`])
      for (const weak of ['qwertyuiop', 'parta-demo-2026'])
        await expect(
          identity.call(acceptInvitation, { code, login: one, password: weak }),
        ).rejects.toMatchObject({ code: 'identity.password-too-weak' });
  });
});
