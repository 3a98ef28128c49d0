import { describe, expect, it } from '@jest/globals';
import {
  closeContact,
  confirmContact,
  getNotificationSettings,
  getSubscription,
  listConsents,
  requestContactCode,
  unsubscribe,
} from '@parta/contracts-notifications';
import { choice, Family } from './family.js';
import { NOON } from './notifications-under-test.js';
import { Scene } from './scene.js';
import { until } from './until.js';

describe('consent (126-ФЗ art. 44.1)', () => {
  const scene = Scene.forEachTest();

  it('nothing is sent to whom has not consented, whatever happens', async () => {
    await expect(scene.family.choose(choice('mark', { sms: 'immediate' }))).rejects.toMatchObject({
      code: 'notifications.contact-not-open',
      details: { channels: ['sms'] },
    });
    await scene.family.mark();
    await scene.family.open('sms');
    expect(scene.family.notices('sms')).toEqual([]);
  });

  it('is recorded with who, address, text, time and how, and so is taking it back', async () => {
    await scene.family.open('email');
    await scene.call(closeContact, { schoolId: scene.family.schoolId, channel: 'email' });
    const { consents } = await scene.call(listConsents, {}, await scene.leader());
    expect(
      consents.map(({ event, how, address, guardianName }) => ({ event, how, address, guardianName })),
    ).toEqual([
      { event: 'taken-back', how: 'settings', address: scene.family.email, guardianName: 'Иванова Мария' },
      { event: 'given', how: 'code', address: scene.family.email, guardianName: 'Иванова Мария' },
    ]);
    expect(consents[1]!.text).toContain('«Школа № 1»');
    expect(consents[1]!.accountId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('needs the code that was sent; five wrong guesses end it', async () => {
    const { schoolId } = scene.family;
    const consentVersion = (await scene.call(getNotificationSettings, {})).schools[0]!.sms.consentVersion;
    const guess = (code: string) =>
      scene.call(confirmContact, { schoolId, channel: 'sms', code, consentVersion });
    await expect(guess('000000')).rejects.toMatchObject({ code: 'notifications.code-expired' });
    await scene.call(requestContactCode, { schoolId, channel: 'sms', address: '8 (000) 100-20-30' });
    const code = await until(
      'the code',
      () => /Код (\d{6})/.exec(scene.inbox.list('70001002030')[0]?.text ?? '')?.[1],
    );
    const wrong = code === '123456' ? '654321' : '123456';
    for (let i = 0; i < 5; i++)
      await expect(guess(wrong)).rejects.toMatchObject({ code: 'notifications.code-wrong' });
    await expect(guess(code)).rejects.toMatchObject({ code: 'notifications.code-expired' });
  });

  it('a code is sent once a minute and five times a day, and lasts ten minutes', async () => {
    const { schoolId } = scene.family;
    const ask = () =>
      scene.call(requestContactCode, { schoolId, channel: 'email', address: scene.family.email });
    await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'notifications.code-too-soon' });
    for (let minute = 1; minute < 5; minute++) {
      scene.clock.set(new Date(Date.parse(NOON) + minute * 61_000));
      await ask();
    }
    scene.clock.set(new Date(Date.parse(NOON) + 20 * 60_000));
    await expect(ask()).rejects.toMatchObject({ code: 'notifications.too-many-codes' });
    await expect(
      scene.call(confirmContact, { schoolId, channel: 'email', code: '123456', consentVersion: '2026-11' }),
    ).rejects.toMatchObject({ code: 'notifications.code-expired' });
  });

  it('codes to one address are six a day, from whatever accounts and schools they are asked', async () => {
    const address = `+7001${String(Date.now()).slice(-7)}`;
    const families = [scene.family];
    while (families.length < 7) families.push(await Family.join(scene.bench, scene.inbox));
    const ask = ({ schoolId, token }: Family, written = address) =>
      scene.call(requestContactCode, { schoolId, channel: 'sms', address: written }, token);
    const asked = await Promise.allSettled(families.map((family) => ask(family)));
    const refused = asked.filter((one) => one.status === 'rejected');
    expect(refused.map((one) => one.reason as unknown)).toEqual([
      expect.objectContaining({
        code: 'notifications.too-many-codes-to-address',
        kind: 'too-many',
        details: { nextCodeAt: new Date(Date.parse(NOON) + 24 * 3_600_000).toISOString() },
      }),
    ]);
    const unlucky = families[asked.findIndex((one) => one.status === 'rejected')]!;
    await expect(ask(unlucky, address.replace('+7', '8'))).rejects.toMatchObject({
      code: 'notifications.too-many-codes-to-address',
    });
    await until('the codes arrive', () => unlucky.received('sms', address).length === 6);
    // The account is not held up by what it was refused, nor the address for longer than a day.
    await ask(unlucky, unlucky.phone);
    scene.clock.set(new Date(Date.parse(NOON) + 24 * 3_600_000 + 1000));
    await ask(unlucky);
  });

  it('codes to one mailbox are counted together, however it is written', async () => {
    const families = [scene.family];
    while (families.length < 7) families.push(await Family.join(scene.bench, scene.inbox));
    const written = ['ann', 'Ann', 'ANN', 'ann+school', 'Ann+x', 'ann+y', 'ann+z'];
    const domain = `${Date.now()}.example.org`;
    const asked = await Promise.allSettled(
      families.map(({ schoolId, token }, i) =>
        scene.call(
          requestContactCode,
          { schoolId, channel: 'email', address: `${written[i]}@${domain}` },
          token,
        ),
      ),
    );
    expect(asked.filter((one) => one.status === 'rejected')).toHaveLength(1);
  });

  it('a code for another address is offered to be confirmed until it is used or runs out', async () => {
    const { schoolId, phone } = scene.family;
    const shown = async () => (await scene.call(getNotificationSettings, {})).schools[0]!.sms;
    expect(await shown()).toMatchObject({ state: 'none', pendingAddress: null });
    await scene.family.open('sms');
    expect(await shown()).toMatchObject({ state: 'open', address: phone, pendingAddress: null });
    const ask = (address: string) => scene.call(requestContactCode, { schoolId, channel: 'sms', address });
    const another = phone.replace('+7000', '+7002');
    scene.clock.set(new Date(Date.parse(NOON) + 2 * 60_000));
    await ask(another);
    await until('the code arrives', () => scene.family.received('sms', another).length === 1);
    expect(await shown()).toMatchObject({ state: 'open', address: phone, pendingAddress: another });
    scene.clock.set(new Date(Date.parse(NOON) + 12 * 60_000));
    expect(await shown()).toMatchObject({ state: 'open', pendingAddress: null });
    await scene.family.open('sms', another);
    expect(await shown()).toMatchObject({ state: 'open', address: another, pendingAddress: null });
    scene.clock.set(new Date(Date.parse(NOON) + 14 * 60_000));
    await ask(phone);
    const { consentVersion } = await shown();
    await until('the second code arrives', () => scene.family.received('sms', phone).length === 2);
    const [, code] = /Код (\d{6})/.exec(scene.family.received('sms', phone)[0]!.text)!;
    const wrong = code === '123456' ? '654321' : '123456';
    for (let left = 5; left > 0; left--) {
      expect(await shown()).toMatchObject({ state: 'open', address: another, pendingAddress: phone });
      await expect(
        scene.call(confirmContact, { schoolId, channel: 'sms', code: wrong, consentVersion }),
      ).rejects.toMatchObject({ code: 'notifications.code-wrong' });
    }
    expect(await shown()).toMatchObject({ state: 'open', address: another, pendingAddress: null });
  });

  it('a consent to another edition of the text is refused', async () => {
    await expect(
      scene.call(confirmContact, {
        schoolId: scene.family.schoolId,
        channel: 'sms',
        code: '123456',
        consentVersion: 'old',
      }),
    ).rejects.toMatchObject({ code: 'notifications.consent-text-changed' });
  });

  it('the link in a letter ends the letters, without signing in (RFC 8058)', async () => {
    await scene.family.open('email');
    await scene.family.choose(choice('mark', { email: 'immediate' }));
    await scene.family.mark();
    await scene.texts('email', 1);
    const { headers } = scene.family.received('email')[0]!;
    expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    const token = /unsubscribe\/([\w-]+)>/.exec(headers['list-unsubscribe']!)![1]!;
    expect(await scene.bench.rpc.call(getSubscription, { token }, {})).toEqual({
      schoolName: 'Школа № 1',
      maskedAddress: expect.stringMatching(/^m•••@example\.org$/),
      state: 'open',
    });
    await scene.bench.rpc.call(unsubscribe, { token, 'List-Unsubscribe': 'One-Click' }, {});
    await scene.bench.rpc.call(unsubscribe, { token }, {});
    await scene.family.mark();
    const settings = await scene.call(getNotificationSettings, {});
    expect(settings.schools[0]!.email.state).toBe('closed');
    expect(settings.children[0]!.choices.find((one) => one.kind === 'mark')!.email).toBe('off');
    expect(scene.family.notices('email')).toHaveLength(1);
  });
});
