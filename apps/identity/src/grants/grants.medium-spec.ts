import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { grantRole, listPeople, revokeRole } from '@parta/contracts-identity';
import { IdentityUnderTest } from '../../test/identity-under-test.js';
import { SchoolInDirectory } from '../../test/school.js';

describe('roles by order', () => {
  let identity: IdentityUnderTest;
  let school: SchoolInDirectory;
  let administrator: { personId: string; token: string; accountId: string };
  let personId: string;

  beforeAll(async () => {
    identity = await IdentityUnderTest.start();
  }, 60_000);
  afterAll(() => identity?.stop());
  beforeEach(async () => {
    school = await SchoolInDirectory.make(identity);
    administrator = await school.administrator();
    personId = await school.staff({ familyName: 'Заместина', givenName: 'Инна' }, ['teacher']);
  });

  const give = (role: string, more: object = {}, token = administrator.token) =>
    identity.call(grantRole, { personId, role, ...more }, token);
  const take = (grantId: string, of = personId, token = administrator.token) =>
    identity.call(revokeRole, { personId: of, grantId }, token);
  const refused = (answer: Promise<unknown>, code: string, kind: string) =>
    expect(answer).rejects.toMatchObject({ code, kind });
  const rolesOf = async (login: { login: string; password: string }) =>
    (await identity.actorOf((await identity.signIn(login.login, login.password)).accessToken)).grants.map(
      (g) => g.role,
    );
  const grantsOf = async (id: string) =>
    (await identity.call(listPeople, {}, administrator.token)).people.find(
      (person) => person.personId === id,
    )!.grants;

  it('are given with number and date of the order and go into the next token', async () => {
    const account = await school.signedIn(personId);
    const grant = await give('deputy-head', { orderNumber: '12-к', orderDate: '2026-08-28' });
    expect(grant).toEqual({
      grantId: expect.any(String),
      role: 'deputy-head',
      origin: 'order',
      orderNumber: '12-к',
      orderDate: '2026-08-28',
    });
    expect(await rolesOf(account)).toEqual(['deputy-head', 'teacher']);
    expect(await grantsOf(personId)).toEqual([
      grant,
      { grantId: expect.any(String), role: 'teacher', origin: 'roster', orderNumber: null, orderDate: null },
    ]);
  });

  it('may be given without an order, and by the director', async () => {
    const director = await school.signedIn(
      await school.staff({ familyName: 'Директор', givenName: 'Ия' }, ['director']),
    );
    expect(await give('secretary', {}, director.token)).toMatchObject({ orderNumber: null, orderDate: null });
  });

  it('are taken back, which stays on record', async () => {
    const account = await school.signedIn(personId);
    const { grantId } = await give('secretary');
    await take(grantId);
    expect(await rolesOf(account)).toEqual(['teacher']);
    expect(
      await identity.rows('select revoked_by from grants where id = $1 and revoked_at is not null', [
        grantId,
      ]),
    ).toEqual([{ revoked_by: administrator.accountId }]);
    await refused(take(grantId), 'identity.grant-not-found', 'not-found');
    await give('secretary');
  });

  it('are told of to the other services, given and taken back', async () => {
    const { grantId } = await give('secretary');
    await take(grantId);
    const facts = await identity.published('identity.grant.recorded.v1', grantId);
    expect(facts.map((fact) => [fact.schoolId, fact.aggregateVersion, fact.data])).toEqual([
      [school.id, 1, { grantId, personId, role: 'secretary', isActive: true }],
      [school.id, 2, { grantId, personId, role: 'secretary', isActive: false }],
    ]);
  });

  it('are given once, however many ask at once', async () => {
    const outcomes = await Promise.allSettled([give('secretary'), give('secretary'), give('secretary')]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    await refused(give('secretary'), 'identity.grant-exists', 'conflict');
  });

  it('may name a role that the roster gives too', async () => {
    const account = await school.signedIn(personId);
    await give('teacher', { orderNumber: '7' });
    expect(await rolesOf(account)).toEqual(['teacher']);
    expect((await grantsOf(personId)).map((grant) => grant.origin)).toEqual(['roster', 'order']);
  });

  it('are for staff only', async () => {
    const student = await school.student({ familyName: 'У', givenName: 'Ян' }, null);
    await refused(
      identity.call(grantRole, { personId: student, role: 'teacher' }, administrator.token),
      'identity.not-staff',
      'conflict',
    );
  });

  it('of another school’s people are nobody’s business', async () => {
    const foreign = await (await SchoolInDirectory.make(identity)).administrator();
    const { grantId } = await give('secretary');
    await refused(give('director', {}, foreign.token), 'identity.person-not-found', 'not-found');
    await refused(take(grantId, personId, foreign.token), 'identity.person-not-found', 'not-found');
    // An own person's id with a foreign grant does not help either.
    await refused(take(grantId, foreign.personId, foreign.token), 'identity.grant-not-found', 'not-found');
    expect(await grantsOf(personId)).toHaveLength(2);
  });

  it('name the school for somebody who is of the staff of several', async () => {
    const second = await SchoolInDirectory.make(identity);
    await second.staff({ familyName: 'Заместина', givenName: 'Инна' }, ['teacher'], personId);
    const operator = await identity.operatorToken();
    await refused(give('secretary', {}, operator), 'request.invalid', 'invalid');
    const { grantId } = await give('secretary', { schoolId: second.id }, operator);
    expect(await identity.rows('select school_id from grants where id = $1', [grantId])).toEqual([
      { school_id: second.id },
    ]);
    await give('secretary');
    await refused(take(grantId), 'identity.grant-not-found', 'not-found');
    await take(grantId, personId, operator);
  });

  it('end with the person’s leaving', async () => {
    const account = await school.signedIn(personId);
    await give('secretary');
    await school.staff({ familyName: 'Заместина', givenName: 'Инна' }, ['teacher'], personId, false);
    expect(await rolesOf(account)).toEqual([]);
  });

  it('that follow the roster are changed in the roster', async () => {
    const [grant] = await grantsOf(personId);
    await refused(take(grant!.grantId), 'identity.grant-follows-roster', 'conflict');
  });

  it('do not let an administrator take the own last administrator role', async () => {
    const other = await school.staff({ familyName: 'Второй', givenName: 'Ян' }, ['teacher']);
    const given = await identity.call(
      grantRole,
      { personId: other, role: 'administrator' },
      administrator.token,
    );
    const second = await school.signedIn(other);
    await refused(take(given.grantId, other, second.token), 'identity.own-account', 'forbidden');
    await take(given.grantId, other);
  });

  it('let an administrator take an own role that the roster gives too', async () => {
    const grant = await identity.call(
      grantRole,
      { personId: administrator.personId, role: 'administrator', orderNumber: '1' },
      administrator.token,
    );
    await take(grant.grantId, administrator.personId);
  });

  it('are given by the regional operator in any school', async () => {
    await give('administrator', { orderNumber: '1' }, await identity.operatorToken());
    expect((await grantsOf(personId)).map((grant) => grant.role)).toEqual(['administrator', 'teacher']);
  });
});
