import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  changePassword,
  createAccount,
  getMe,
  refreshSession,
  resetPassword,
  setAccountBlocked,
} from '@parta/contracts-identity';
import { IdentityUnderTest } from '../../test/identity-under-test.js';
import { SchoolInDirectory } from '../../test/school.js';

describe('accounts', () => {
  let identity: IdentityUnderTest;
  let school: SchoolInDirectory;
  let administrator: { personId: string; token: string; accountId: string };
  let teacher: string;

  beforeAll(async () => {
    identity = await IdentityUnderTest.start();
  }, 60_000);
  afterAll(() => identity?.stop());
  beforeEach(async () => {
    school = await SchoolInDirectory.make(identity);
    administrator = await school.administrator();
    teacher = await school.staff({ familyName: 'Ветрова', givenName: 'Юлия' }, ['teacher']);
  });

  describe('are made', () => {
    it('by the school’s administrator, with a login and an initial password to hand over', async () => {
      const given = await identity.call(createAccount, { personId: teacher }, administrator.token);
      expect(given).toEqual({
        accountId: expect.any(String),
        login: expect.stringMatching(/^vetrova\.yu?\d*$/),
        initialPassword: expect.stringMatching(/^[a-z]{5}\d\d[a-z]{5}$/),
      });
      expect((await identity.signIn(given.login, given.initialPassword)).mustChangePassword).toBe(true);
    });

    it('with the roster’s login, numbered when it is taken', async () => {
      const username = `v-${school.id}`;
      const twins = [
        await school.staff({ familyName: 'В', givenName: 'А', username }, ['teacher']),
        await school.staff({ familyName: 'В', givenName: 'Б', username }, ['teacher']),
      ];
      const logins = [];
      for (const personId of twins)
        logins.push((await identity.call(createAccount, { personId }, administrator.token)).login);
      expect(logins).toEqual([username, `${username}2`]);
    });

    it('with different logins though many namesakes get theirs at once', async () => {
      const ids = await Promise.all(
        Array.from({ length: 8 }, () =>
          school.staff({ familyName: `Вт${school.id}`, givenName: 'Б' }, ['teacher']),
        ),
      );
      const given = await Promise.all(
        ids.map((personId) => identity.call(createAccount, { personId }, administrator.token)),
      );
      expect(new Set(given.map((one) => one.login)).size).toBe(8);
    });

    it('and told of to the other services', async () => {
      const { accountId } = await identity.call(createAccount, { personId: teacher }, administrator.token);
      expect(await identity.published('identity.account.opened.v1', accountId)).toEqual([
        expect.objectContaining({
          schoolId: school.id,
          aggregateVersion: 1,
          actor: expect.objectContaining({ accountId: administrator.accountId, role: 'administrator' }),
          data: { accountId, personId: teacher, personKind: 'staff' },
        }),
      ]);
    });

    it('once for a person', async () => {
      await identity.call(createAccount, { personId: teacher }, administrator.token);
      await expect(
        identity.call(createAccount, { personId: teacher }, administrator.token),
      ).rejects.toMatchObject({
        code: 'identity.account-exists',
        kind: 'conflict',
      });
    });

    it('with a login of their own only, however it is written', async () => {
      const login = `Воробей.${school.id.slice(0, 8)}`;
      await identity.call(createAccount, { personId: teacher, login }, administrator.token);
      const other = await school.staff({ familyName: 'В', givenName: 'Б' }, ['teacher']);
      await expect(
        identity.call(createAccount, { personId: other, login: login.toUpperCase() }, administrator.token),
      ).rejects.toMatchObject({ code: 'identity.login-taken', kind: 'conflict' });
    });

    it('for nobody of another school, whoever asks there', async () => {
      const foreign = await SchoolInDirectory.make(identity);
      const personId = await foreign.staff({ familyName: 'Чужая', givenName: 'Яна' }, ['teacher']);
      await expect(identity.call(createAccount, { personId }, administrator.token)).rejects.toMatchObject({
        code: 'identity.person-not-found',
        kind: 'not-found',
      });
      expect(await identity.rows('select 1 from account_people where person_id = $1', [personId])).toEqual(
        [],
      );
      await identity.call(createAccount, { personId }, await identity.operatorToken());
    });

    it('for a person of several schools in all that the caller answers for', async () => {
      const second = await SchoolInDirectory.make(identity);
      const third = await SchoolInDirectory.make(identity);
      for (const one of [second, third])
        await one.staff({ familyName: 'Ветрова', givenName: 'Юлия' }, ['teacher'], teacher);
      const operator = await identity.operatorToken();
      const inThird = await identity.call(createAccount, { personId: teacher, schoolId: third.id }, operator);
      await identity.call(createAccount, { personId: teacher }, administrator.token);
      await expect(
        identity.call(createAccount, { personId: teacher, schoolId: second.id }, administrator.token),
      ).rejects.toMatchObject({ code: 'identity.person-not-found' });
      const inSecond = await identity.call(createAccount, { personId: teacher }, operator);
      const schools = await identity.rows<{ id: string; school_ids: string }>(
        'select id, array_to_string(school_ids, $1) as school_ids from accounts where id = any ($2)',
        [',', [inThird.accountId, inSecond.accountId]],
      );
      expect(new Map(schools.map((row) => [row.id, row.school_ids]))).toEqual(
        new Map([
          [inThird.accountId, third.id],
          [inSecond.accountId, second.id],
        ]),
      );
      const fourth = crypto.randomUUID();
      for (const one of [second, third])
        await one.staff({ familyName: 'В', givenName: 'Ю' }, ['teacher'], fourth);
      const { login, initialPassword } = await identity.call(createAccount, { personId: fourth }, operator);
      const session = await identity.signIn(login, initialPassword);
      expect((await identity.actorOf(session.accessToken)).schools().toSorted()).toEqual(
        [second.id, third.id].toSorted(),
      );
    });

    it('for nobody who has left', async () => {
      const personId = await school.staff(
        { familyName: 'В', givenName: 'Б' },
        ['teacher'],
        crypto.randomUUID(),
        false,
      );
      await expect(identity.call(createAccount, { personId }, administrator.token)).rejects.toMatchObject({
        code: 'identity.person-not-found',
      });
    });

    it('by no teacher', async () => {
      const { token } = await school.signedIn(teacher);
      await expect(
        identity.call(createAccount, { personId: administrator.personId }, token),
      ).rejects.toMatchObject({
        code: 'access.forbidden',
      });
    });
  });

  describe('get a new initial password', () => {
    it('from the administrator; the old one and all sessions end', async () => {
      const account = await school.signedIn(teacher);
      const given = await identity.call(resetPassword, { accountId: account.accountId }, administrator.token);
      expect(given.login).toBe(account.login);
      await expect(identity.signIn(account.login, account.password)).rejects.toMatchObject({
        code: 'identity.wrong-credentials',
      });
      await expect(
        identity.call(refreshSession, { refreshToken: account.refreshToken }),
      ).rejects.toMatchObject({ code: 'identity.session-ended' });
      expect((await identity.signIn(given.login, given.initialPassword)).mustChangePassword).toBe(true);
    });

    it('never their own: that would pass by the current password', async () => {
      await expect(
        identity.call(resetPassword, { accountId: administrator.accountId }, administrator.token),
      ).rejects.toMatchObject({ code: 'identity.own-account' });
    });
  });

  describe('are out of reach of an administrator', () => {
    const both = (accountId: string, code: string) =>
      Promise.all([
        expect(identity.call(resetPassword, { accountId }, administrator.token)).rejects.toMatchObject({
          code,
        }),
        expect(
          identity.call(setAccountBlocked, { accountId, isBlocked: true, reason: 'x' }, administrator.token),
        ).rejects.toMatchObject({ code }),
      ]);

    it('when they are of another school', async () => {
      const foreign = await SchoolInDirectory.make(identity);
      const account = await foreign.signedIn(
        await foreign.staff({ familyName: 'Ч', givenName: 'Я' }, ['teacher']),
      );
      await both(account.accountId, 'identity.account-not-found');
      await identity.signIn(account.login, account.password);
    });

    it('when they open another school’s data too', async () => {
      const foreign = await SchoolInDirectory.make(identity);
      const account = await foreign.signedIn(
        await foreign.staff({ familyName: 'Ч', givenName: 'Я' }, ['administrator']),
      );
      await identity.rows(
        `with joined as (update accounts set school_ids = school_ids || $1::uuid where id = $2)
         insert into account_people (school_id, person_id, account_id, since) values ($1, $3, $2, now())`,
        [school.id, account.accountId, teacher],
      );
      await both(account.accountId, 'identity.account-of-other-schools');
      await identity.signIn(account.login, account.password);
      await identity.call(resetPassword, { accountId: account.accountId }, await identity.operatorToken());
    });

    it('when there are none', () => both(crypto.randomUUID(), 'identity.account-not-found'));
  });

  it('are never blocked by their own holder', async () => {
    const own = { accountId: administrator.accountId, isBlocked: true, reason: 'x' };
    await expect(identity.call(setAccountBlocked, own, administrator.token)).rejects.toMatchObject({
      code: 'identity.own-account',
      kind: 'forbidden',
    });
  });

  it('are blocked with the reason, the administrator and the time on record', async () => {
    const { accountId } = await school.signedIn(teacher);
    await identity.call(
      setAccountBlocked,
      { accountId, isBlocked: true, reason: 'утрата пароля' },
      administrator.token,
    );
    expect(
      await identity.rows(
        'select what, by_account_id, by_name, reason from account_events where account_id = $1 and what = $2',
        [accountId, 'blocked'],
      ),
    ).toEqual([
      {
        what: 'blocked',
        by_account_id: administrator.accountId,
        by_name: 'Админова Ада',
        reason: 'утрата пароля',
      },
    ]);
  });

  describe('change their password', () => {
    const change = (token: string, currentPassword: string, newPassword: string) =>
      identity.call(changePassword, { currentPassword, newPassword }, token);

    it('which ends all other sessions and opens a new one', async () => {
      const account = await school.signedIn(teacher);
      const other = await identity.signIn(account.login, account.password);
      const session = await change(account.token, account.password, 'Мост через Каму 3');
      for (const { refreshToken } of [other, account])
        await expect(identity.call(refreshSession, { refreshToken })).rejects.toMatchObject({
          code: 'identity.session-ended',
        });
      await identity.call(refreshSession, { refreshToken: session.refreshToken });
      await identity.signIn(account.login, 'Мост через Каму 3');
    });

    it('not without the current one, and locked out after five attempts', async () => {
      const account = await school.signedIn(teacher);
      for (let i = 0; i < 5; i += 1)
        await expect(change(account.token, 'wrong', 'Мост через Каму 3')).rejects.toMatchObject({
          code: 'identity.wrong-credentials',
        });
      await expect(change(account.token, account.password, 'Мост через Каму 3')).rejects.toMatchObject({
        code: 'identity.locked-out',
      });
    });

    it('not to a weak one, nor to the same', async () => {
      const account = await school.signedIn(teacher);
      for (const [password, reason] of [
        ['йцукенгшщз', 'keyboard-walk'],
        [`${account.login}-1`, 'contains-login'],
        [account.password, 'same'],
      ] as const)
        await expect(change(account.token, account.password, password)).rejects.toMatchObject({
          code: 'identity.password-too-weak',
          details: { reason },
        });
    });
  });

  it('show who one is: person, roles with classes, schools', async () => {
    const classId = await school.schoolClass('7В', [teacher]);
    const { token, accountId, login } = await school.signedIn(teacher);
    expect(await identity.call(getMe, {}, token)).toEqual({
      accountId,
      login,
      person: { familyName: 'Ветрова', givenName: 'Юлия', middleName: null },
      mustChangePassword: false,
      grants: [
        {
          role: 'homeroom-teacher',
          schoolId: school.id,
          personId: teacher,
          classIds: [classId],
          classTitles: ['7В'],
        },
        { role: 'teacher', schoolId: school.id, personId: teacher, classIds: [], classTitles: [] },
      ],
      schools: [
        { schoolId: school.id, name: 'МОУ «Школа № 7»', kind: 'school', timeZone: 'Asia/Yekaterinburg' },
      ],
      children: [],
    });
  });

  it('keep passwords as argon2id hashes', async () => {
    const rows = await identity.rows<{ password_hash: string }>('select password_hash from accounts');
    for (const row of rows) expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=32768,t=2,p=1\$/);
  });

  it('keep no initial password as an answer to an idempotency key', async () => {
    const about = { token: administrator.token, idempotencyKey: crypto.randomUUID() };
    const { initialPassword } = await identity.call(createAccount, { personId: teacher }, about);
    const kept = await identity.rows<{ answer: string }>('select answer from answered_commands');
    for (const { answer } of kept) expect(answer).not.toContain(initialPassword);
  });
});
