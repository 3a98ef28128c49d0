import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listClients, registerClient, requestToken, setClientBlocked } from '@parta/contracts-identity';
import { IdentityUnderTest } from '../../test/identity-under-test.js';
import { SchoolInDirectory } from '../../test/school.js';

describe('a regional system', () => {
  let identity: IdentityUnderTest;
  let operator: string;

  beforeAll(async () => {
    identity = await IdentityUnderTest.start();
    operator = await identity.operatorToken();
  }, 60_000);
  afterAll(() => identity?.stop());

  const register = (scopes = ['roster.write', 'roster.read']) =>
    identity.call(registerClient, { name: `ИС «Контингент» ${crypto.randomUUID()}`, scopes }, operator);
  const request = (client: { clientId: string; clientSecret: string }, scope?: string) =>
    identity.call(requestToken, {
      grant_type: 'client_credentials',
      client_id: client.clientId,
      client_secret: client.clientSecret,
      ...(scope !== undefined && { scope }),
    });
  const wrong = (answer: Promise<unknown>) =>
    expect(answer).rejects.toMatchObject({
      code: 'identity.wrong-client-credentials',
      kind: 'unauthenticated',
    });

  it('gets a token for an hour with the scopes it may have', async () => {
    const client = await register();
    const answer = await request(client);
    expect(answer).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'roster.write roster.read',
    });
    expect(await identity.actorOf(answer.access_token)).toMatchObject({
      kind: 'client',
      id: client.clientId,
      grants: [],
      scopes: ['roster.write', 'roster.read'],
    });
  });

  it('may ask for less, never for more', async () => {
    const client = await register();
    expect((await request(client, 'roster.read')).scope).toBe('roster.read');
    await expect(request(client, 'roster.read timetable.write')).rejects.toMatchObject({
      code: 'identity.scope-not-allowed',
      kind: 'invalid',
    });
  });

  it('proves itself with its own id and secret', async () => {
    const client = await register();
    await wrong(request({ ...client, clientSecret: 'x' }));
    await wrong(request({ ...client, clientSecret: (await register()).clientSecret }));
    await wrong(request({ ...client, clientId: crypto.randomUUID() }));
    await wrong(request({ ...client, clientId: 'parta' }));
  });

  it('gets no token while it is blocked', async () => {
    const client = await register();
    await identity.call(setClientBlocked, { clientId: client.clientId, isBlocked: true }, operator);
    await wrong(request(client));
    await identity.call(setClientBlocked, { clientId: client.clientId, isBlocked: false }, operator);
    await request(client);
  });

  it('is listed with the time of its last token, without its secret', async () => {
    const client = await register(['timetable.write']);
    await request(client);
    const { clients } = await identity.call(listClients, {}, operator);
    expect(clients.find((row) => row.clientId === client.clientId)).toEqual({
      clientId: client.clientId,
      name: expect.stringContaining('Контингент'),
      scopes: ['timetable.write'],
      isBlocked: false,
      registeredAt: identity.clock.now().toISOString(),
      lastTokenAt: identity.clock.now().toISOString(),
    });
    const kept = await identity.rows<{ row: string }>('select row_to_json(c)::text as row from clients c');
    for (const { row } of kept) expect(row).not.toContain(client.clientSecret);
  });

  it('that nobody registered cannot be blocked', () =>
    expect(
      identity.call(setClientBlocked, { clientId: crypto.randomUUID(), isBlocked: true }, operator),
    ).rejects.toMatchObject({ code: 'identity.client-not-found', kind: 'not-found' }));

  it('is the regional operator’s business alone', async () => {
    const { token } = await (await SchoolInDirectory.make(identity)).administrator();
    await expect(identity.call(listClients, {}, token)).rejects.toMatchObject({ code: 'access.forbidden' });
    await expect(
      identity.call(registerClient, { name: 'x', scopes: ['roster.read'] }, token),
    ).rejects.toMatchObject({
      code: 'access.forbidden',
    });
  });
});
