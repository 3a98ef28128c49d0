import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { changePassword, createAccount, getMe, setAccountBlocked } from '@parta/contracts-identity';
import { IdentityUnderTest, OPERATOR } from '../../../test/identity-under-test.js';
import { SchoolInDirectory } from '../../../test/school.js';

describe('signing in', () => {
  let identity: IdentityUnderTest;
  let school: SchoolInDirectory;

  beforeAll(async () => {
    identity = await IdentityUnderTest.start();
  }, 60_000);
  afterAll(() => identity?.stop());
  beforeEach(async () => {
    school = await SchoolInDirectory.make(identity);
  });

  const fail = (login: string) => expect(identity.signIn(login, 'wrong password')).rejects;

  it('opens a session with an access token and a refresh token', async () => {
    const session = await identity.signIn(OPERATOR.login, OPERATOR.password);
    expect(session).toEqual({
      accessToken: expect.any(String),
      expiresIn: 600,
      mustChangePassword: false,
      refreshToken: expect.stringMatching(/^[\w-]{64}$/),
      device: expect.any(String),
    });
    const actor = await identity.actorOf(session.accessToken);
    expect(actor).toMatchObject({
      kind: 'account',
      name: 'Региональный оператор',
      mustChangePassword: false,
    });
    expect(actor.has(['regional-operator'], null)).toBe(true);
  });

  it('does not mind the case of a login, in Cyrillic too', async () => {
    const personId = await school.staff({ familyName: 'Орлова', givenName: 'Ольга' }, ['teacher']);
    const given = await identity.call(
      createAccount,
      { personId, login: `Орлова.${school.id.slice(0, 8)}` },
      await identity.operatorToken(),
    );
    await identity.signIn(given.login.toUpperCase(), given.initialPassword);
  });

  it('answers an unknown login and a wrong password alike', async () => {
    const { login } = await school.signedIn(
      await school.staff({ familyName: 'Лис', givenName: 'Ян' }, ['teacher']),
    );
    for (const name of [login, `nobody-${school.id}`])
      await fail(name).toMatchObject({ code: 'identity.wrong-credentials', kind: 'unauthenticated' });
  });

  it('locks an address for a login after five failures for a growing time, known or not', async () => {
    const { login, password } = await school.signedIn(
      await school.staff({ familyName: 'Ив', givenName: 'Ян' }, ['teacher']),
    );
    for (const name of [login, `nobody-${school.id}`]) {
      for (let i = 0; i < 5; i += 1) await fail(name).toMatchObject({ code: 'identity.wrong-credentials' });
      await fail(name).toMatchObject({
        code: 'identity.locked-out',
        kind: 'too-many',
        details: { retryAfter: 30 },
      });
    }
    await expect(identity.signIn(login, password)).rejects.toMatchObject({ code: 'identity.locked-out' });
    identity.clock.advance({ seconds: 31 });
    await fail(login).toMatchObject({ code: 'identity.wrong-credentials' });
    await fail(login).toMatchObject({ code: 'identity.locked-out', details: { retryAfter: 60 } });
    identity.clock.advance({ seconds: 61 });
    await identity.signIn(login, password);
    await fail(login).toMatchObject({ code: 'identity.wrong-credentials' });
    await identity.signIn(login, password);
  });

  it('lets guesses that come all at once profit no more than those that come one by one', async () => {
    const { login, password } = await school.signedIn(
      await school.staff({ familyName: 'Ив', givenName: 'Ян' }, ['teacher']),
    );
    const guesses = Array.from({ length: 15 }, () =>
      identity.signIn(login, 'wrong password').catch((e) => e.code as string),
    );
    const outcomes = await Promise.all(guesses);
    expect(outcomes.filter((code) => code === 'identity.wrong-credentials')).toHaveLength(5);
    expect(outcomes.filter((code) => code === 'identity.locked-out')).toHaveLength(10);
    await expect(identity.signIn(login, password)).rejects.toMatchObject({ code: 'identity.locked-out' });
  });

  it('does not lock out one person who signs in many times at once', async () => {
    const { login, password } = await school.signedIn(
      await school.staff({ familyName: 'Ив', givenName: 'Ян' }, ['teacher']),
    );
    await Promise.all(Array.from({ length: 12 }, () => identity.signIn(login, password)));
  });

  it('refuses a blocked account, and says why only to somebody who knows the password', async () => {
    const { login, password, accountId } = await school.signedIn(
      await school.staff({ familyName: 'Ив', givenName: 'Ян' }, ['teacher']),
    );
    const operator = await identity.operatorToken();
    await identity.call(setAccountBlocked, { accountId, isBlocked: true, reason: 'уволен' }, operator);
    await fail(login).toMatchObject({ code: 'identity.wrong-credentials' });
    await expect(identity.signIn(login, password)).rejects.toMatchObject({
      code: 'identity.account-blocked',
      kind: 'forbidden',
    });
    await identity.call(setAccountBlocked, { accountId, isBlocked: false, reason: 'восстановлен' }, operator);
    await identity.signIn(login, password);
  });

  it('with the first password allows nothing but changing it', async () => {
    const personId = await school.staff({ familyName: 'Новикова', givenName: 'Нина' }, ['teacher']);
    const given = await identity.call(createAccount, { personId }, await identity.operatorToken());
    const session = await identity.signIn(given.login, given.initialPassword);
    expect(session.mustChangePassword).toBe(true);
    await expect(identity.call(getMe, {}, session.accessToken)).rejects.toMatchObject({
      code: 'access.password-change-required',
    });
    const changed = await identity.call(
      changePassword,
      { currentPassword: given.initialPassword, newPassword: 'Лес за рекой 5' },
      session.accessToken,
    );
    expect(changed.mustChangePassword).toBe(false);
    await identity.call(getMe, {}, changed.accessToken);
  });

  it('keeps on record who signed in, failed and was locked out, and from where', async () => {
    const { login, accountId } = await school.signedIn(
      await school.staff({ familyName: 'Ив', givenName: 'Ян' }, ['teacher']),
    );
    for (let i = 0; i < 5; i += 1) await identity.signIn(login, 'wrong password').catch(() => undefined);
    const events = await identity.rows<{ what: string; address: string }>(
      'select what, address from account_events where account_id = $1 order by at, id',
      [accountId],
    );
    expect(events.map((event) => event.what)).toEqual([
      'account-opened',
      'signed-in',
      'password-changed',
      'signed-in',
      ...Array.from({ length: 5 }, () => 'sign-in-failed'),
      'locked-out',
    ]);
    expect(events.at(-1)!.address).toBe('192.0.2.1');
  });
});

describe('an access token', () => {
  let identity: IdentityUnderTest;

  beforeAll(async () => {
    identity = await IdentityUnderTest.start({ accessTokenSeconds: 120 });
  }, 60_000);
  afterAll(() => identity?.stop());

  it('says of a teacher the roles of the roster, and of a class teacher the classes', async () => {
    const school = await SchoolInDirectory.make(identity);
    const personId = await school.staff(
      { familyName: 'Петрова', givenName: 'Вера', middleName: 'Ивановна' },
      ['teacher', 'deputy-head', 'no-such-role', 'homeroom-teacher'],
    );
    const classes = [await school.schoolClass('5А', [personId]), await school.schoolClass('11Б', [personId])];
    const actor = await identity.actorOf((await school.signedIn(personId)).token);
    expect(actor.name).toBe('Петрова Вера Ивановна');
    const of = { schoolId: school.id, personId };
    expect(actor.grants).toEqual([
      { role: 'deputy-head', ...of },
      { role: 'homeroom-teacher', ...of, classIds: classes },
      { role: 'teacher', ...of },
    ]);
  });

  it('says of the class teacher of a college group that it is a curator', async () => {
    const college = await SchoolInDirectory.make(identity, 'college');
    const personId = await college.staff({ familyName: 'Ким', givenName: 'Ян' }, ['teacher']);
    const group = await college.schoolClass('СВ-26', [personId], crypto.randomUUID(), 'college-group');
    const actor = await identity.actorOf((await college.signedIn(personId)).token);
    expect(actor.grantsOf(['group-curator'])).toEqual([
      { role: 'group-curator', schoolId: college.id, personId, classIds: [group] },
    ]);
  });

  it('says of a parent the children and of a student the student itself', async () => {
    const school = await SchoolInDirectory.make(identity);
    const classId = await school.schoolClass('5А');
    const mother = crypto.randomUUID();
    const children = [
      await school.student({ familyName: 'Ли', givenName: 'Анна' }, classId, [mother]),
      await school.student({ familyName: 'Ли', givenName: 'Олег' }, classId, [mother]),
    ].toSorted();
    await school.guardian({ familyName: 'Ли', givenName: 'Ирина' }, children, mother);
    const parent = await school.signedIn(mother);
    expect((await identity.actorOf(parent.token)).grants).toEqual([
      { role: 'guardian', schoolId: school.id, personId: mother, studentIds: children },
    ]);
    const me = await identity.call(getMe, {}, parent.token);
    expect(me.children).toEqual([
      {
        studentId: expect.any(String),
        schoolId: school.id,
        familyName: 'Ли',
        givenName: 'Анна',
        middleName: null,
        classTitle: '5А',
      },
      expect.objectContaining({ givenName: 'Олег' }),
    ]);
    const student = await identity.actorOf((await school.signedIn(children[0]!)).token);
    expect(student.grants).toEqual([
      { role: 'student', schoolId: school.id, personId: children[0], studentIds: [children[0]] },
    ]);
  });

  it('says of a relative who is no legal representative that it is a trusted person', async () => {
    const school = await SchoolInDirectory.make(identity);
    const aunt = crypto.randomUUID();
    const child = await school.student({ familyName: 'Ли', givenName: 'Анна' }, null, [aunt]);
    await school.guardian({ familyName: 'Цой', givenName: 'Яна' }, [child], aunt, 'relative');
    expect((await identity.actorOf((await school.signedIn(aunt)).token)).grants).toEqual([
      { role: 'trusted-person', schoolId: school.id, personId: aunt, studentIds: [child] },
    ]);
  });

  it('says all roles of somebody who is both teacher and parent of one school', async () => {
    const school = await SchoolInDirectory.make(identity);
    const both = await school.staff({ familyName: 'Ли', givenName: 'Ирина' }, ['teacher']);
    const child = await school.student({ familyName: 'Ли', givenName: 'Анна' }, null, [both]);
    await school.guardian({ familyName: 'Ли', givenName: 'Ирина' }, [child], both);
    const roles = (await identity.actorOf((await school.signedIn(both)).token)).grants.map(
      (grant) => grant.role,
    );
    expect(roles).toEqual(['guardian', 'teacher']);
  });

  it('says nothing of somebody who has left', async () => {
    const school = await SchoolInDirectory.make(identity);
    const personId = await school.staff({ familyName: 'Ли', givenName: 'Ян' }, ['teacher', 'administrator']);
    const { login, password } = await school.signedIn(personId);
    await school.schoolClass('5А', [personId]);
    await school.staff({ familyName: 'Ли', givenName: 'Ян' }, ['teacher', 'administrator'], personId, false);
    const session = await identity.signIn(login, password);
    expect((await identity.actorOf(session.accessToken)).grants).toEqual([]);
    expect(session.expiresIn).toBe(120);
  });
});
