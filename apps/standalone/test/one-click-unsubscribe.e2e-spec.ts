import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningGateway } from '@parta/gateway';
import { notificationsMigrations, notificationsService } from '@parta/notifications';
import { startServiceBench, type ServiceBench } from '@parta/platform-testing';
import { gatewayOn } from './gateway-on.js';

const ONE_CLICK = { 'List-Unsubscribe': 'One-Click' };

const multipart = (fields: Record<string, string | Blob>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};

describe('one click in a mail program (RFC 8058)', () => {
  let bench: ServiceBench;
  let gateway: RunningGateway;
  let schoolId: string;
  let personId: string;
  let token: string;

  beforeAll(async () => {
    bench = await startServiceBench(notificationsService(), notificationsMigrations);
    gateway = await gatewayOn(bench.bus.nats.getServer(), bench.keys);
  }, 60_000);

  afterAll(async () => {
    await gateway?.stop();
    await bench?.stop();
  }, 30_000);

  /** A guardian who has consented to letters. */
  beforeEach(async () => {
    [schoolId, personId] = [randomUUID(), randomUUID()];
    token = randomBytes(24).toString('base64url');
    const hash = createHash('sha256').update(token).digest('base64url');
    await bench.admin.query(
      `insert into schools (school_id, name, time_zone, version) values ($1, 'Школа № 1', 'Europe/Moscow', 1)`,
      [schoolId],
    );
    await bench.admin.query(
      `insert into contacts (school_id, person_id, channel, address, state, opened_at, changed_at, unsubscribe_token)
       values ($1, $2, 'email', 'anna@example.org', 'open', now(), now(), $3)`,
      [schoolId, personId, token],
    );
    await bench.admin.query(
      'insert into unsubscribe_tokens (token_hash, school_id, person_id) values ($1, $2, $3)',
      [hash, schoolId, personId],
    );
  });

  const click = (body: RequestInit['body'], of = token, headers: Record<string, string> = {}) =>
    fetch(`${gateway.url}/api/v1/notifications/unsubscribe/${of}`, { method: 'POST', body, headers });
  const stateOf = async () =>
    (await bench.admin.query('select state from contacts where person_id = $1', [personId])).rows[0].state;
  const withdrawals = async () =>
    (await bench.admin.query(`select how, event, address from consents where person_id = $1`, [personId]))
      .rows;

  it.each([
    ['a form in the URL’s encoding', () => click(new URLSearchParams(ONE_CLICK))],
    ['a form in parts', () => click(multipart(ONE_CLICK))],
    ['JSON', () => click(JSON.stringify(ONE_CLICK), token, { 'content-type': 'application/json' })],
    ['nothing at all', () => click(undefined)],
  ])('ends the letters with %s', async (_what, post) => {
    const answer = await post();
    expect([answer.status, await answer.json()]).toEqual([200, {}]);
    expect(answer.redirected).toBe(false);
    expect(await stateOf()).toBe('revoked');
    expect(await withdrawals()).toEqual([
      { how: 'letter-link', event: 'taken-back', address: 'anna@example.org' },
    ]);
  });

  it('clicked twice, also at once, is one withdrawal and no error', async () => {
    const answers = await Promise.all([click(multipart(ONE_CLICK)), click(new URLSearchParams(ONE_CLICK))]);
    answers.push(await click(multipart(ONE_CLICK)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect(await withdrawals()).toHaveLength(1);
  });

  it('is not what a link scanner does, which only looks', async () => {
    const answer = await fetch(`${gateway.url}/api/v1/notifications/unsubscribe/${token}`);
    expect(await answer.json()).toMatchObject({ state: 'open', maskedAddress: 'a•••@example.org' });
    expect(await stateOf()).toBe('open');
  });

  it('shows a page to a person who opens it in a browser, and changes nothing by that', async () => {
    const answer = await fetch(`${gateway.url}/api/v1/notifications/unsubscribe/${token}`, {
      headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
      redirect: 'manual',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/unsubscribe/${token}`]);
    expect(await stateOf()).toBe('open');
  });

  it.each([
    ['of nobody', () => randomBytes(24).toString('base64url'), 404, 'notifications.subscription-not-found'],
    ['with a letter changed', () => `${token.slice(0, -1)}!`, 400, 'request.invalid'],
    [
      'that is the hash kept in the table',
      () => createHash('sha256').update(token).digest('base64url'),
      404,
      'notifications.subscription-not-found',
    ],
  ])('with a token %s is refused', async (_what, forged, status, code) => {
    for (const body of [new URLSearchParams(ONE_CLICK), multipart(ONE_CLICK)]) {
      const answer = await click(body, forged());
      expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    expect(await stateOf()).toBe('open');
  });

  it.each([
    ['is no form', '--x\r\nnonsense', 400, 'request.malformed'],
    [
      'is too large',
      `--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n${'a'.repeat(20_000)}\r\n--x--\r\n`,
      413,
      'request.body-too-large',
    ],
  ])('with a body that %s is a problem like any other', async (_what, body, status, code) => {
    const answer = await click(body, token, { 'content-type': 'multipart/form-data; boundary=x' });
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })]);
    expect(await stateOf()).toBe('open');
  });

  it('takes no file, and fields that it does not know neither', async () => {
    for (const [fields, code] of [
      [{ ...ONE_CLICK, file: new Blob(['x']) }, 'request.malformed'],
      [{ ...ONE_CLICK, token: 'another' }, 'request.invalid'],
      [{ ...ONE_CLICK, schoolId: randomUUID() }, 'request.invalid'],
    ] as const) {
      const answer = await click(multipart(fields));
      expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code })]);
    }
    expect(await stateOf()).toBe('open');
  });

  it('leaves other routes without forms in parts', async () => {
    const answer = await fetch(`${gateway.url}/oauth/token`, {
      method: 'POST',
      body: multipart({ grant_type: 'client_credentials' }),
    });
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ code: 'request.unsupported-media-type' });
  });
});
