import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { guardianRecorded, schoolRecorded } from '@parta/contracts-contingent';
import type { RunningGateway } from '@parta/gateway';
import { notificationsMigrations, notificationsService } from '@parta/notifications';
import type { ParkedFactsView, Role } from '@parta/platform-contract';
import { eventually, startServiceBench, type ServiceBench } from '@parta/platform-testing';
import { gatewayOn } from './gateway-on.js';

const PATH = '/api/v1/operations/parked-facts';
const CONSUMER = 'notifications__contingent';

const guardian = (personId: string, familyName: string) => ({
  personId,
  familyName,
  givenName: 'Анна',
  middleName: null,
  username: null,
  isActive: true,
  email: 'anna@example.org',
  phone: null,
  kind: 'parent',
  studentIds: [],
});

describe('facts put aside, over HTTP', () => {
  const schoolId = randomUUID();
  const guardianId = randomUUID();
  let bench: ServiceBench;
  let gateway: RunningGateway;
  let operator: string;
  let administrator: string;
  let stranger: string;

  beforeAll(async () => {
    bench = await startServiceBench(notificationsService(), notificationsMigrations);
    gateway = await gatewayOn(bench.bus.nats.getServer(), bench.keys);
    operator = await tokenOf('regional-operator', null);
    administrator = await tokenOf('administrator', schoolId);
    stranger = await tokenOf('administrator', randomUUID());
    const school = { schoolId, name: 'Школа № 1', kind: 'school', timeZone: 'Europe/Moscow', isActive: true };
    await bench.publish(schoolRecorded, { schoolId, aggregateId: schoolId, version: 1 }, school);
    // A name is missing, so the fact cannot be handled; the next one of the same guardian has to wait behind it.
    const { familyName: _, ...unreadable } = guardian(guardianId, '');
    await tell(guardianId, 1, unreadable as ReturnType<typeof guardian>);
    await tell(guardianId, 2, guardian(guardianId, 'Иванова'));
    await eventually(async () => expect((await listed(operator)).facts).toHaveLength(2));
  }, 60_000);

  afterAll(async () => {
    await gateway?.stop();
    await bench?.stop();
  }, 30_000);

  const tokenOf = (role: Role, of: string | null) =>
    bench.keys.tokenOf([{ role, schoolId: of, personId: of && randomUUID() }]);
  const tell = (aggregateId: string, version: number, data: ReturnType<typeof guardian>) =>
    bench.publish(guardianRecorded, { schoolId, aggregateId, version }, data);
  const get = (token: string | null) =>
    fetch(`${gateway.url}${PATH}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
  const listed = async (token: string) => (await (await get(token)).json()) as ParkedFactsView;
  const decide = async (what: 'redrive' | 'discard', token: string | null, body: object) => {
    const answer = await fetch(`${gateway.url}${PATH}/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ service: 'notifications', consumer: CONSUMER, ...body }),
    });
    return { status: answer.status, body: (await answer.json()) as { code?: string; handled?: number } };
  };
  const redrive = (token: string | null, more: object = {}) =>
    decide('redrive', token, { aggregateId: guardianId, ...more });
  const discard = (token: string | null, position: number, more: object = {}) =>
    decide('discard', token, { position, reason: 'Опекун заведён вручную', ...more });
  const names = async () =>
    (await bench.admin.query('select name from guardians where id = $1', [guardianId])).rows;

  it('are shown with their reason, and with who did not answer', async () => {
    const { facts, unreachable, hasMore } = await listed(operator);
    const common = {
      service: 'notifications',
      consumer: CONSUMER,
      aggregateId: guardianId,
      type: guardianRecorded.type,
      schoolId,
      attempts: 1,
    };
    expect(facts).toEqual([
      expect.objectContaining({ ...common, reason: expect.stringContaining('familyName') }),
      expect.objectContaining({ ...common, reason: 'an earlier fact of the same aggregate is parked' }),
    ]);
    expect(hasMore).toBe(false);
    expect(unreachable).toEqual(expect.arrayContaining(['journal', 'diary']));
    expect(unreachable).not.toContain('notifications');
    expect(await names()).toEqual([]);
  });

  it('are the region’s operator’s and the own administrator’s to see, and nobody else’s', async () => {
    expect((await listed(administrator)).facts).toHaveLength(2);
    expect((await listed(stranger)).facts).toEqual([]);
    for (const [token, status, code] of [
      [null, 401, 'access.unauthenticated'],
      [await tokenOf('director', schoolId), 403, 'access.forbidden'],
      [await tokenOf('teacher', schoolId), 403, 'access.forbidden'],
      [await tokenOf('guardian', schoolId), 403, 'access.forbidden'],
      [await bench.keys.clientToken('system', ['roster.write']), 403, 'access.forbidden'],
    ] as const) {
      const answer = await get(token);
      expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })]);
      expect(await redrive(token)).toMatchObject({ status, body: { code } });
    }
  });

  it('that are unknown, or another school’s, are not found', async () => {
    const notFound = { status: 404, body: { code: 'messaging.parked-fact-not-found' } };
    expect(await redrive(stranger)).toMatchObject(notFound);
    expect(await redrive(operator, { aggregateId: randomUUID() })).toMatchObject(notFound);
    expect(await redrive(operator, { consumer: 'notifications__nobody' })).toMatchObject(notFound);
    expect(await redrive(operator, { service: 'nobody' })).toMatchObject({
      status: 404,
      body: { code: 'operations.unknown-service' },
    });
    expect(await redrive(operator, { consumer: undefined })).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    });
    expect((await listed(operator)).facts).toHaveLength(2);
  });

  it('stay put aside when they fail again, and are handled in their order once they do not', async () => {
    expect(await redrive(administrator)).toMatchObject({
      status: 409,
      body: { code: 'messaging.still-failing', details: { consumer: CONSUMER, aggregateId: guardianId } },
    });
    expect((await listed(operator)).facts).toHaveLength(2);
    // The cause is removed, here in the fact itself.
    await bench.admin.query(
      `update parked_facts set envelope = jsonb_set(envelope::jsonb, '{data,familyName}', '"Петрова"')::text
       where reason like '%familyName%'`,
    );
    expect(await redrive(administrator)).toEqual({ status: 200, body: { handled: 2 } });
    expect(await names()).toEqual([{ name: 'Иванова Анна' }]);
    expect((await listed(operator)).facts).toEqual([]);
    expect(await redrive(administrator)).toMatchObject({ status: 404 });
    await tell(guardianId, 3, guardian(guardianId, 'Сидорова'));
    await eventually(async () => expect(await names()).toEqual([{ name: 'Сидорова Анна' }]));
  });

  it('that can never be handled are given up with a reason, and what waited behind them goes on', async () => {
    const other = randomUUID();
    const { familyName: _, ...unreadable } = guardian(other, '');
    await tell(other, 1, unreadable as ReturnType<typeof guardian>);
    await tell(other, 2, guardian(other, 'Кузнецова'));
    const [first, second] = await eventually(async () => {
      const { facts } = await listed(administrator);
      expect(facts).toHaveLength(2);
      return facts;
    });
    expect(await redrive(administrator, { aggregateId: other })).toMatchObject({ status: 409 });

    expect(await discard(stranger, first!.position)).toMatchObject({ status: 404 });
    expect(await discard(administrator, first!.position, { reason: '' })).toMatchObject({ status: 400 });
    expect(await discard(administrator, first!.position)).toEqual({ status: 200, body: {} });
    expect(await discard(administrator, first!.position)).toEqual({ status: 200, body: {} });
    expect((await listed(operator)).facts).toEqual([second]);
    expect(await redrive(administrator, { aggregateId: other })).toEqual({
      status: 200,
      body: { handled: 1 },
    });

    const { rows } = await bench.admin.query(
      'select discard_reason, discarded_by is not null as by_somebody, envelope from parked_facts where aggregate_id = $1',
      [other],
    );
    expect(rows).toEqual([
      {
        discard_reason: 'Опекун заведён вручную',
        by_somebody: true,
        envelope: expect.stringContaining(other),
      },
    ]);
  });
});
