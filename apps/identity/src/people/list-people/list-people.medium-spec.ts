import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { foldedText } from '@parta/domain-marks/names';
import {
  countAccounts,
  createAccount,
  issuePersonInvitation,
  listPeople,
  setAccountBlocked,
  type PeoplePage,
} from '@parta/contracts-identity';
import { IdentityUnderTest } from '../../../test/identity-under-test.js';
import { SchoolInDirectory } from '../../../test/school.js';

describe('the list of people', () => {
  let identity: IdentityUnderTest;
  let school: SchoolInDirectory;
  let administrator: { personId: string; token: string };
  let teacher: string;
  let classes: Record<'5А' | '10А', string>;
  let ids: Record<'anna' | 'egor' | 'zhenya' | 'mother' | 'father', string>;

  beforeAll(async () => {
    identity = await IdentityUnderTest.start();
  }, 60_000);
  afterAll(() => identity?.stop());
  beforeEach(async () => {
    school = await SchoolInDirectory.make(identity);
    administrator = await school.administrator();
    teacher = await school.staff({ familyName: 'Ёлкина', givenName: 'Вера', middleName: 'Ильинична' }, [
      'teacher',
    ]);
    classes = { '5А': await school.schoolClass('5А', [teacher]), '10А': await school.schoolClass('10А') };
    const [mother, father] = [crypto.randomUUID(), crypto.randomUUID()];
    const anna = await school.student({ familyName: 'Абрамова', givenName: 'Анна' }, classes['5А'], [
      mother,
      father,
    ]);
    const egor = await school.student({ familyName: 'Абрамов', givenName: 'Егор' }, classes['10А'], [mother]);
    const zhenya = await school.student({ familyName: 'Юдин', givenName: 'Женя' }, classes['10А']);
    await school.guardian({ familyName: 'Абрамова', givenName: 'Яна' }, [anna, egor], mother);
    await school.guardian({ familyName: 'Дым', givenName: 'Олег' }, [anna], father);
    ids = { anna, egor, zhenya, mother, father };
  });

  const list = (filter: object = {}, token = administrator.token): Promise<PeoplePage> =>
    identity.call(listPeople, filter, token);
  const names = (page: PeoplePage): string[] => page.people.map((p) => `${p.familyName} ${p.givenName}`);

  it('counts who cannot sign in yet, of the same people', async () => {
    await identity.call(issuePersonInvitation, { personId: ids.mother }, administrator.token);
    const { counts } = await identity.call(countAccounts, {}, administrator.token);
    expect(counts).toEqual([
      { kind: 'staff', none: 1, invited: 0 },
      { kind: 'student', none: 3, invited: 0 },
      { kind: 'guardian', none: 1, invited: 1 },
    ]);
    for (const { kind, none, invited } of counts) {
      expect((await list({ kind, account: 'none' })).total).toBe(none);
      expect((await list({ kind, account: 'invited' })).total).toBe(invited);
    }
  });

  it('shows the whole school to its office, by the Russian alphabet', async () => {
    const page = await list();
    expect(names(page)).toEqual([
      'Абрамов Егор',
      'Абрамова Анна',
      'Абрамова Яна',
      'Админова Ада',
      'Дым Олег',
      'Ёлкина Вера',
      'Юдин Женя',
    ]);
    expect(page.total).toBe(7);
  });

  it('shows each with classes, relatives, roles and account', async () => {
    const { people } = await list();
    const of = (id: string) => people.find((person) => person.personId === id);
    expect(of(ids.mother)).toEqual({
      personId: ids.mother,
      schoolId: school.id,
      kind: 'guardian',
      familyName: 'Абрамова',
      givenName: 'Яна',
      middleName: null,
      classTitles: ['5А', '10А'],
      relatives: ['Абрамов Егор, 10А', 'Абрамова Анна, 5А'],
      grants: [
        {
          grantId: expect.any(String),
          role: 'guardian',
          origin: 'roster',
          orderNumber: null,
          orderDate: null,
        },
      ],
      accountState: 'none',
      accountId: null,
      login: null,
      lastSignInAt: null,
    });
    expect(of(ids.anna)).toMatchObject({ classTitles: ['5А'], relatives: ['Абрамова Яна', 'Дым Олег'] });
    expect(of(teacher)).toMatchObject({
      kind: 'staff',
      classTitles: ['5А'],
      relatives: [],
      grants: [{ role: 'homeroom-teacher' }, { role: 'teacher' }],
    });
    expect(of(administrator.personId)).toMatchObject({
      accountState: 'active',
      accountId: expect.any(String),
      login: expect.any(String),
      lastSignInAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
  });

  it.each([
    ['абр', ['Абрамов Егор', 'Абрамова Анна', 'Абрамова Яна']],
    ['АБРАМОВА ян', ['Абрамова Яна']],
    ['яна абрамова', ['Абрамова Яна']],
    ['елк', ['Ёлкина Вера']],
    ['ЁЛКИНА ильин', ['Ёлкина Вера']],
    ['егор', ['Абрамов Егор']],
    ['%', []],
    ['_', []],
    ['  ', 7],
  ])('is searched by parts of the name: %s', async (q, expected) => {
    const page = await list({ q });
    if (typeof expected === 'number') expect(page.total).toBe(expected);
    else expect(names(page)).toEqual(expected);
  });

  it.each([
    'римский корсаков',
    'Римскии\u0306-Корсаков',
    'Римский‐Корсаков',
    'Римский – Корсаков',
    'Рим\u00adский',
    'Рим\u200bский\u00a0семён',
    'семен  римский',
    'Семе\u0308н',
    'д’Артан',
    'дʼартан',
    'Д`Артан',
    'Д′Артан',
    'дартан',
  ])('finds whoever is meant, whatever the spelling: %j', async (q) => {
    await school.student(
      { familyName: 'Римский-Корсаков', givenName: 'Семён', middleName: "Д'Артаньянович" },
      classes['10А'],
    );
    expect(names(await list({ q }))).toEqual(['Римский-Корсаков Семён']);
  });

  it.each([
    "Д'А`р’тʼа′н",
    'ЁЛКА И\u0306од',
    'а‐б–в—г−д',
    ' а\u00a0 б\tв\n',
    'м\u00adя\u200bг\ufeffк',
    'А\u0301нна',
    'ＷＩＤＥ ﬁ №5 …',
    '%_\\',
    'Қызы Ґ Ї',
    '´ˈ',
  ])('folds in SQL as in the web: %j', async (text) => {
    const rows = await identity.rows('select identity.folded($1) as folded', [text]);
    expect(rows[0]!.folded).toBe(foldedText(text));
  });

  it('is searched by login', async () => {
    const login = `Звезда.${school.id.slice(0, 8)}`;
    await identity.call(createAccount, { personId: teacher, login }, administrator.token);
    expect(names(await list({ q: 'звезда.' }))).toEqual(['Ёлкина Вера']);
  });

  it('is filtered by kind and by class', async () => {
    expect(names(await list({ kind: 'staff' }))).toEqual(['Админова Ада', 'Ёлкина Вера']);
    expect(names(await list({ kind: 'student' }))).toEqual(['Абрамов Егор', 'Абрамова Анна', 'Юдин Женя']);
    expect(names(await list({ classId: classes['5А'] }))).toEqual([
      'Абрамова Анна',
      'Абрамова Яна',
      'Дым Олег',
    ]);
    expect(names(await list({ classId: classes['10А'], kind: 'guardian' }))).toEqual(['Абрамова Яна']);
    expect(await list({ classId: crypto.randomUUID() })).toEqual({ people: [], total: 0 });
  });

  it('is filtered by the state of the account', async () => {
    await identity.call(issuePersonInvitation, { personId: ids.mother }, administrator.token);
    const { accountId } = await identity.call(createAccount, { personId: ids.anna }, administrator.token);
    await identity.call(setAccountBlocked, { accountId, isBlocked: true, reason: 'x' }, administrator.token);
    const by = async (account: string) => names(await list({ account }));
    expect(await by('none')).toEqual(['Абрамов Егор', 'Дым Олег', 'Ёлкина Вера', 'Юдин Женя']);
    expect(await by('invited')).toEqual(['Абрамова Яна']);
    expect(await by('active')).toEqual(['Админова Ада']);
    expect(await by('blocked')).toEqual(['Абрамова Анна']);
    identity.clock.advance({ days: 31 });
    expect((await list({ account: 'invited' })).total).toBe(0);
  });

  it('is sorted by class, the fifth before the tenth, and by account', async () => {
    expect(names(await list({ sort: 'class', kind: 'student' }))).toEqual([
      'Абрамова Анна',
      'Абрамов Егор',
      'Юдин Женя',
    ]);
    expect(names(await list({ sort: 'account' })).at(-1)).toBe('Админова Ада');
  });

  it('comes in pages, the total being of all', async () => {
    const pages = [];
    for (const page of [1, 2, 3, 4, 5]) pages.push(await list({ page, pageSize: 2 }));
    expect(pages.map((page) => page.total)).toEqual([7, 7, 7, 7, 7]);
    expect(pages.map((page) => page.people.length)).toEqual([2, 2, 2, 1, 0]);
    expect(pages.flatMap(names)).toEqual(names(await list()));
  });

  it('shows somebody who is of the staff and a parent once, and among the parents when they are asked for', async () => {
    await school.student({ familyName: 'Ёлкин', givenName: 'Ян' }, classes['10А'], [teacher], ids.zhenya);
    await school.guardian({ familyName: 'Ёлкина', givenName: 'Вера' }, [ids.zhenya], teacher);
    const { people } = await list({ q: 'вера' });
    expect(people).toMatchObject([
      { kind: 'staff', grants: [{ role: 'guardian' }, { role: 'homeroom-teacher' }, { role: 'teacher' }] },
    ]);
    expect((await list({ q: 'вера', kind: 'guardian' })).people).toMatchObject([
      { kind: 'guardian', relatives: ['Ёлкин Ян, 10А'] },
    ]);
    expect(names(await list({ classId: classes['10А'], kind: 'guardian' }))).toEqual([
      'Абрамова Яна',
      'Ёлкина Вера',
    ]);
  });

  it('does not show who has left, nor children who have', async () => {
    await school.student({ familyName: 'Абрамов', givenName: 'Егор' }, null, [ids.mother], ids.egor, false);
    const { people } = await list({ q: 'абрамов' });
    expect(people.map((person) => person.personId).toSorted()).toEqual([ids.anna, ids.mother].toSorted());
    expect(people.find((person) => person.personId === ids.mother)!.relatives).toEqual(['Абрамова Анна, 5А']);
  });

  it('shows a class teacher the own class and its guardians, with what is of this class', async () => {
    const { token } = await school.signedIn(teacher);
    const page = await list({}, token);
    expect(names(page)).toEqual(['Абрамова Анна', 'Абрамова Яна', 'Дым Олег']);
    expect(page.people[1]).toMatchObject({ classTitles: ['5А'], relatives: ['Абрамова Анна, 5А'] });
    for (const filter of [{ classId: classes['10А'] }, { kind: 'staff' }, { q: 'юдин' }, { q: 'егор' }])
      expect(names(await list(filter, token))).not.toContain('Юдин Женя');
    expect((await list({ classId: classes['10А'], kind: 'student' }, token)).total).toBe(0);
    expect((await list({ kind: 'staff' }, token)).total).toBe(0);
  });

  it('shows nothing of another school', async () => {
    const foreign = await SchoolInDirectory.make(identity);
    const other = await foreign.administrator();
    expect(names(await list({}, other.token))).toEqual(['Админова Ада']);
    expect((await list({ classId: classes['5А'] }, other.token)).total).toBe(0);
    await expect(list({ schoolId: school.id }, other.token)).rejects.toMatchObject({
      code: 'access.another-school',
    });
  });

  it('shows the regional operator the school that is named', async () => {
    const operator = await identity.operatorToken();
    expect((await list({ schoolId: school.id }, operator)).total).toBe(7);
    expect(await list({ schoolId: crypto.randomUUID() }, operator)).toEqual({ people: [], total: 0 });
    await expect(list({}, operator)).rejects.toMatchObject({
      code: 'request.invalid',
      fields: [expect.objectContaining({ field: 'schoolId', code: 'required' })],
    });
  });

  it('is refused to parents and to teachers without a class', async () => {
    const subject = await school.staff({ familyName: 'Предметник', givenName: 'Ян' }, ['teacher']);
    for (const personId of [subject, ids.mother]) {
      const { token } = await school.signedIn(personId);
      await expect(list({}, token)).rejects.toMatchObject({ code: 'access.forbidden' });
    }
  });

  it('keeps to the school the caller says to work in', async () => {
    const about = { token: administrator.token, school: school.id };
    expect((await identity.call(listPeople, {}, about)).total).toBe(7);
    await expect(
      identity.call(listPeople, {}, { ...about, school: crypto.randomUUID() }),
    ).rejects.toMatchObject({ code: 'access.another-school' });
  });
});
