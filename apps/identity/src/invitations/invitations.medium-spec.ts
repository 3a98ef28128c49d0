import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  acceptInvitation,
  checkInvitation,
  createAccount,
  getMe,
  issueClassInvitations,
  issuePersonInvitation,
} from '@parta/contracts-identity';
import { IdentityUnderTest } from '../../test/identity-under-test.js';
import { SchoolInDirectory } from '../../test/school.js';

const PASSWORD = 'Берёзы у пруда 8';

describe('invitations', () => {
  let identity: IdentityUnderTest;
  let school: SchoolInDirectory;
  let administrator: { token: string; accountId: string };
  let classId: string;
  let classTeacher: { token: string };
  let student: string;
  let mother: string;

  beforeAll(async () => {
    identity = await IdentityUnderTest.start();
  }, 60_000);
  afterAll(() => identity?.stop());
  beforeEach(async () => {
    school = await SchoolInDirectory.make(identity);
    administrator = await school.administrator();
    const teacher = await school.staff({ familyName: 'Классная', givenName: 'Ида' }, ['teacher']);
    classId = await school.schoolClass('5А', [teacher]);
    classTeacher = await school.signedIn(teacher);
    mother = crypto.randomUUID();
    student = await school.student({ familyName: 'Белова', givenName: 'Мария' }, classId, [mother]);
    await school.guardian(
      { familyName: 'Белова', givenName: 'Анна', middleName: 'Львовна' },
      [student],
      mother,
    );
  });

  const login = (): string => `login-${crypto.randomUUID()}`;
  const issue = async (personId: string): Promise<string> =>
    (await identity.call(issuePersonInvitation, { personId }, administrator.token)).invitations[0]!.code;
  const accept = (code: string, more: object = {}) =>
    identity.call(acceptInvitation, { code, login: login(), password: PASSWORD, ...more });
  const refused = (answer: Promise<unknown>, code: string, kind: string) =>
    expect(answer).rejects.toMatchObject({ code, kind });

  describe('of a class', () => {
    it('are issued by its class teacher to students and guardians without an account', async () => {
      const answer = await identity.call(issueClassInvitations, { classId }, classTeacher.token);
      const expiresAt = new Date(identity.clock.now().getTime() + 30 * 86_400_000).toISOString();
      const code = expect.stringMatching(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
      expect(answer).toEqual({
        schoolName: 'МОУ «Школа № 7»',
        classTitle: '5А',
        invitations: [
          {
            personId: student,
            personKind: 'student',
            familyName: 'Белова',
            givenName: 'Мария',
            middleName: null,
            studentName: null,
            code,
            expiresAt,
          },
          {
            personId: mother,
            personKind: 'guardian',
            familyName: 'Белова',
            givenName: 'Анна',
            middleName: 'Львовна',
            studentName: 'Белова Мария',
            code,
            expiresAt,
          },
        ],
      });
    });

    it('skip whoever has an account, and may be for some only', async () => {
      await identity.call(createAccount, { personId: mother }, administrator.token);
      const whole = await identity.call(issueClassInvitations, { classId }, administrator.token);
      expect(whole.invitations.map((one) => one.personId)).toEqual([student]);
      const some = { classId, personIds: [mother, crypto.randomUUID()] };
      expect((await identity.call(issueClassInvitations, some, administrator.token)).invitations).toEqual([]);
    });

    it('invite a parent of two children of the class once', async () => {
      const brother = await school.student({ familyName: 'Белов', givenName: 'Глеб' }, classId, [mother]);
      await school.guardian({ familyName: 'Белова', givenName: 'Анна' }, [student, brother], mother);
      const { invitations } = await identity.call(issueClassInvitations, { classId }, classTeacher.token);
      expect(invitations.map((one) => one.personId)).toEqual([brother, mother, student]);
    });

    it('are not issued by the class teacher of another class, nor by another school', async () => {
      const other = await school.staff({ familyName: 'Другая', givenName: 'Эмма' }, ['teacher']);
      await school.schoolClass('5Б', [other]);
      const foreign = await SchoolInDirectory.make(identity);
      for (const { token } of [await school.signedIn(other), await foreign.administrator()])
        await refused(
          identity.call(issueClassInvitations, { classId }, token),
          'identity.class-not-found',
          'not-found',
        );
      expect(await identity.rows('select 1 from invitations where school_id = $1', [school.id])).toEqual([]);
    });

    it('are issued by nobody who is neither', async () => {
      const { token } = await school.signedIn(mother);
      await refused(
        identity.call(issueClassInvitations, { classId }, token),
        'access.forbidden',
        'forbidden',
      );
    });
  });

  describe('of one person', () => {
    it('are issued to staff as well', async () => {
      const personId = await school.staff({ familyName: 'Новый', givenName: 'Лев' }, ['teacher']);
      const answer = await identity.call(issuePersonInvitation, { personId }, administrator.token);
      expect(answer).toMatchObject({ classTitle: null, invitations: [{ personId, personKind: 'staff' }] });
    });

    it('are not issued to whoever has an account', async () => {
      await identity.call(createAccount, { personId: mother }, administrator.token);
      await refused(
        identity.call(issuePersonInvitation, { personId: mother }, administrator.token),
        'identity.account-exists',
        'conflict',
      );
    });

    it('are not issued for another school’s person', async () => {
      const foreign = await (await SchoolInDirectory.make(identity)).administrator();
      await refused(
        identity.call(issuePersonInvitation, { personId: mother }, foreign.token),
        'identity.person-not-found',
        'not-found',
      );
    });
  });

  describe('tell what they are for', () => {
    it('before they are used', async () => {
      const code = await issue(mother);
      expect(await identity.call(checkInvitation, { code: code.toLowerCase().replaceAll('-', ' ') })).toEqual(
        {
          schoolName: 'МОУ «Школа № 7»',
          personKind: 'guardian',
          familyName: 'Белова',
          givenName: 'Анна',
          middleName: 'Львовна',
          children: ['Мария, 5А'],
          suggestedLogin: expect.stringMatching(/^belova\.al\d*$/),
          expiresAt: expect.any(String),
        },
      );
    });

    it('to nobody who makes up a code', () =>
      refused(
        identity.call(checkInvitation, { code: 'K7QM-4T2X-9HRA' }),
        'identity.invitation-unknown',
        'not-found',
      ));
  });

  describe('are used', () => {
    it('to make the account and sign in', async () => {
      const session = await accept(await issue(mother));
      expect(session).toMatchObject({ mustChangePassword: false, refreshToken: expect.any(String) });
      const me = await identity.call(getMe, {}, session.accessToken);
      expect(me.person.givenName).toBe('Анна');
      expect(me.children.map((child) => child.studentId)).toEqual([student]);
      const [fact] = await identity.published('identity.account.opened.v1', me.accountId);
      expect(fact!.data).toEqual({ accountId: me.accountId, personId: mother, personKind: 'guardian' });
    });

    it('once', async () => {
      const code = await issue(mother);
      const outcomes = await Promise.allSettled([accept(code), accept(code)]);
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      await refused(accept(code), 'identity.invitation-used', 'gone');
      await refused(identity.call(checkInvitation, { code }), 'identity.invitation-used', 'gone');
    });

    it('within thirty days', async () => {
      const [code, late] = [await issue(mother), await issue(student)];
      identity.clock.advance({ days: 29, hours: 23 });
      await accept(code);
      identity.clock.advance({ hours: 1 });
      await refused(accept(late), 'identity.invitation-expired', 'gone');
      await refused(identity.call(checkInvitation, { code: late }), 'identity.invitation-expired', 'gone');
    });

    it('until a newer one is issued, or an account made otherwise', async () => {
      const older = await issue(mother);
      const newer = await issue(mother);
      await refused(accept(older), 'identity.invitation-expired', 'gone');
      await identity.call(createAccount, { personId: mother }, administrator.token);
      await refused(accept(newer), 'identity.invitation-expired', 'gone');
    });

    it('while the person is of the school', async () => {
      const code = await issue(student);
      await school.student({ familyName: 'Белова', givenName: 'Мария' }, null, [mother], student, false);
      await refused(accept(code), 'identity.invitation-expired', 'gone');
    });

    it('with a fit password', async () => {
      const code = await issue(mother);
      await refused(accept(code, { password: 'йцукенгшщз' }), 'identity.password-too-weak', 'invalid');
      await accept(code);
    });

    it('with a login nobody has', async () => {
      const taken = login();
      await accept(await issue(student), { login: taken });
      const code = await issue(mother);
      const attempt = { login: taken.toUpperCase(), password: 'Другой пароль 77' };
      await refused(accept(code, attempt), 'identity.login-taken', 'conflict');
      await accept(code);
    });
  });

  describe('of somebody who has an account in another school', () => {
    it('add this school to it, by its login and password', async () => {
      const name = login();
      await accept(await issue(mother), { login: name });
      const second = await SchoolInDirectory.make(identity);
      const there = crypto.randomUUID();
      const child = await second.student({ familyName: 'Белов', givenName: 'Пётр' }, null, [there]);
      await second.guardian({ familyName: 'Белова', givenName: 'Анна' }, [child], there);
      const operator = await identity.operatorToken();
      const { code } = (await identity.call(issuePersonInvitation, { personId: there }, operator))
        .invitations[0]!;
      await refused(
        accept(code, { login: name, password: 'Не тот пароль 1' }),
        'identity.login-taken',
        'conflict',
      );
      const session = await accept(code, { login: name });
      const me = await identity.call(getMe, {}, session.accessToken);
      expect(me.children.map((one) => one.studentId).toSorted()).toEqual([student, child].toSorted());
      expect(me.schools.map((one) => one.schoolId).toSorted()).toEqual([school.id, second.id].toSorted());
      const facts = await identity.published('identity.account.opened.v1', me.accountId);
      expect(facts.map((fact) => [fact.schoolId, fact.aggregateVersion])).toEqual([
        [school.id, 1],
        [second.id, 2],
      ]);
    });

    it('make no new account of a mistyped login, when one said to have an account', async () => {
      const code = await issue(mother);
      await refused(
        identity.call(acceptInvitation, {
          code,
          login: `nobody-${crypto.randomUUID().slice(0, 8)}`,
          password: 'a-password-that-is-fit',
          joinOnly: true,
        }),
        'identity.join-refused',
        'conflict',
      );
      expect(await identity.call(checkInvitation, { code })).toMatchObject({ personKind: 'guardian' });
    });

    it('are no licence to guess its password', async () => {
      const name = login();
      await accept(await issue(mother), { login: name });
      const code = await issue(student);
      const guess = () => accept(code, { login: name, password: 'Не тот пароль 1' });
      for (let i = 0; i < 5; i += 1) await refused(guess(), 'identity.login-taken', 'conflict');
      await refused(guess(), 'identity.locked-out', 'too-many');
    });
  });

  it('are kept as hashes only, nowhere as codes', async () => {
    const about = { token: administrator.token, idempotencyKey: crypto.randomUUID() };
    const { code } = (await identity.call(issuePersonInvitation, { personId: mother }, about))
      .invitations[0]!;
    for (const table of ['invitations', 'invitation_codes', 'answered_commands', 'outbox', 'account_events'])
      for (const { row } of await identity.rows<{ row: string }>(
        `select row_to_json(t)::text as row from ${table} t`,
      ))
        expect(row).not.toContain(code);
  });
});
