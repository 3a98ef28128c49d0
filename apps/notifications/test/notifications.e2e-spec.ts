import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { markRecorded } from '@parta/contracts-journal';
import {
  closeContact,
  confirmContact,
  getNotificationSettings,
  getSubscription,
  listConsents,
  listDeliveries,
  requestContactCode,
  resendMessage,
  setChildChoices,
  setHours,
  unsubscribe,
  type DeliveryRow,
  type KindChoice,
} from '@parta/contracts-notifications';
import type { Operation } from '@parta/platform-contract';
import { Client } from 'pg';
import { Family, until } from './family.js';
import { NOON, NotificationsUnderTest } from './notifications-under-test.js';

const choice = (kind: KindChoice['kind'], more: Partial<KindChoice> = {}): KindChoice => ({
  kind,
  email: 'off',
  sms: 'off',
  ...more,
});

describe('notifications', () => {
  let started: NotificationsUnderTest;
  let { clock, inbox, mail, sms, bench } = {} as NotificationsUnderTest;
  let family: Family;

  beforeAll(async () => {
    started = await NotificationsUnderTest.start();
    ({ clock, inbox, mail, sms, bench } = started);
  }, 60_000);
  afterAll(() => started?.stop());
  beforeEach(async () => {
    clock.set(NOON);
    family = await Family.join(bench, inbox);
  });
  afterEach(() => {
    mail.trouble = {};
    sms.trouble = {};
  });

  const leader = (roles: 'administrator'[] = ['administrator']): Promise<string> =>
    bench.keys.tokenOf(roles.map((role) => ({ role, schoolId: family.schoolId, personId: randomUUID() })));
  const deliveries = async (filter: object = {}): Promise<DeliveryRow[]> =>
    (await bench.rpc.call(listDeliveries, filter, { token: await leader() })).deliveries.filter(
      (one) => one.kind !== 'code',
    );
  const texts = (channel: 'email' | 'sms', count: number): Promise<boolean> =>
    until(`${count} by ${channel}`, () => family.notices(channel).length === count);
  const bySms = async (...choices: KindChoice[]): Promise<void> => {
    await family.open('sms');
    await family.choose(...choices);
  };
  const call = <I extends object, O extends object>(
    operation: Operation<I, O>,
    input: I,
    token = family.token,
  ): Promise<O> => bench.rpc.call(operation, input, { token });

  describe('consent (126-ФЗ art. 44.1)', () => {
    it('nothing is sent to whom has not consented, whatever happens', async () => {
      await expect(family.choose(choice('mark', { sms: 'immediate' }))).rejects.toMatchObject({
        code: 'notifications.contact-not-open',
        details: { channels: ['sms'] },
      });
      await family.mark();
      await family.open('sms');
      expect(family.notices('sms')).toEqual([]);
    });

    it('is recorded with who, address, text, time and how, and so is taking it back', async () => {
      await family.open('email');
      await call(closeContact, { schoolId: family.schoolId, channel: 'email' });
      const { consents } = await call(listConsents, {}, await leader());
      expect(
        consents.map(({ event, how, address, guardianName }) => ({ event, how, address, guardianName })),
      ).toEqual([
        { event: 'taken-back', how: 'settings', address: family.email, guardianName: 'Иванова Мария' },
        { event: 'given', how: 'code', address: family.email, guardianName: 'Иванова Мария' },
      ]);
      expect(consents[1]!.text).toContain('«Школа № 1»');
      expect(consents[1]!.accountId).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('needs the code that was sent; five wrong guesses end it', async () => {
      const { schoolId } = family;
      const consentVersion = (await call(getNotificationSettings, {})).schools[0]!.sms.consentVersion;
      const guess = (code: string) =>
        call(confirmContact, { schoolId, channel: 'sms', code, consentVersion });
      await expect(guess('000000')).rejects.toMatchObject({ code: 'notifications.code-expired' });
      await call(requestContactCode, { schoolId, channel: 'sms', address: '8 (000) 100-20-30' });
      const code = await until(
        'the code',
        () => /Код (\d{6})/.exec(inbox.list('70001002030')[0]?.text ?? '')?.[1],
      );
      const wrong = code === '123456' ? '654321' : '123456';
      for (let i = 0; i < 5; i++)
        await expect(guess(wrong)).rejects.toMatchObject({ code: 'notifications.code-wrong' });
      await expect(guess(code)).rejects.toMatchObject({ code: 'notifications.code-expired' });
    });

    it('a code is sent once a minute and five times a day, and lasts ten minutes', async () => {
      const { schoolId } = family;
      const ask = () => call(requestContactCode, { schoolId, channel: 'email', address: family.email });
      await ask();
      await expect(ask()).rejects.toMatchObject({ code: 'notifications.code-too-soon' });
      for (let minute = 1; minute < 5; minute++) {
        clock.set(new Date(Date.parse(NOON) + minute * 61_000));
        await ask();
      }
      clock.set(new Date(Date.parse(NOON) + 20 * 60_000));
      await expect(ask()).rejects.toMatchObject({ code: 'notifications.too-many-codes' });
      await expect(
        call(confirmContact, { schoolId, channel: 'email', code: '123456', consentVersion: '2026-11' }),
      ).rejects.toMatchObject({ code: 'notifications.code-expired' });
    });

    it('a consent to another edition of the text is refused', async () => {
      await expect(
        call(confirmContact, {
          schoolId: family.schoolId,
          channel: 'sms',
          code: '123456',
          consentVersion: 'old',
        }),
      ).rejects.toMatchObject({ code: 'notifications.consent-text-changed' });
    });

    it('the link in a letter ends the letters, without signing in (RFC 8058)', async () => {
      await family.open('email');
      await family.choose(choice('mark', { email: 'immediate' }));
      await family.mark();
      await texts('email', 1);
      const { headers } = family.received('email')[0]!;
      expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
      const token = /unsubscribe\/([\w-]+)>/.exec(headers['list-unsubscribe']!)![1]!;
      expect(await bench.rpc.call(getSubscription, { token }, {})).toEqual({
        schoolName: 'Школа № 1',
        maskedAddress: expect.stringMatching(/^m•••@example\.org$/),
        state: 'open',
      });
      await bench.rpc.call(unsubscribe, { token, 'List-Unsubscribe': 'One-Click' }, {});
      await bench.rpc.call(unsubscribe, { token }, {});
      await family.mark();
      const settings = await call(getNotificationSettings, {});
      expect(settings.schools[0]!.email.state).toBe('closed');
      expect(settings.children[0]!.choices.find((one) => one.kind === 'mark')!.email).toBe('off');
      expect(family.notices('email')).toHaveLength(1);
    });
  });

  describe('what is told', () => {
    it('a mark arrives once by SMS and once by mail, and the receipt is in the log', async () => {
      await family.open('email');
      await bySms(choice('mark', { sms: 'immediate', email: 'immediate' }));
      await family.mark();
      await texts('sms', 1);
      await texts('email', 1);
      expect(family.notices('sms')).toEqual(['Пётр И.: Алгебра 20.11: отметка 5 (контрольная работа)']);
      const log = await until('the receipt', async () => {
        const rows = await deliveries();
        return rows.some((one) => one.state === 'delivered') && rows;
      });
      expect(
        log.map(({ channel, state, children, parts }) => ({
          channel,
          state,
          children,
          parts,
        })),
      ).toEqual(
        expect.arrayContaining([
          { channel: 'sms', state: 'delivered', children: ['Иванов Пётр'], parts: 1 },
          { channel: 'email', state: 'submitted', children: ['Иванов Пётр'], parts: 0 },
        ]),
      );
    });

    it('the same fact heard again, and an older one after a newer, tell nothing', async () => {
      await bySms(choice('mark', { sms: 'immediate' }));
      const markId = await family.mark({ value: '4' }, 2);
      await texts('sms', 1);
      await family.mark({ markId, value: '4' }, 2);
      await family.mark({ markId, value: '3' }, 1);
      await family.mark({ value: '5' });
      await texts('sms', 2);
      expect(family.notices('sms').map((text) => /отметка (\d)/.exec(text)![1])).toEqual(['5', '4']);
    });

    it('a correction after the message is told with both values, an annulment too', async () => {
      await bySms(choice('mark', { sms: 'immediate' }));
      const markId = await family.mark({ value: '4' });
      await texts('sms', 1);
      await family.mark({ markId, value: '5', previousValue: '4' }, 2);
      await texts('sms', 2);
      expect(family.notices('sms')[0]).toContain('исправлена: 4 → 5');
      await family.mark({ markId, value: '5', isAnnulled: true }, 3);
      await texts('sms', 3);
      expect(family.notices('sms')[0]).toContain('отметка 5 аннулирована');
    });

    it('what has not left yet is changed in place, and what is annulled is never told', async () => {
      await bySms(choice('mark', { sms: 'evening' }));
      const kept = await family.mark({ value: '3' });
      const annulled = await family.mark({ value: '2' });
      await until('both wait', async () => (await deliveries({ state: 'waiting' })).length === 1);
      await family.mark({ markId: kept, value: '4', previousValue: '3' }, 2);
      await family.mark({ markId: annulled, value: '2', isAnnulled: true }, 2);
      await until('the annulled notice is gone', async () => {
        const { rows } = await bench.admin.query(
          `select content->>'value' as value from notices where school_id = $1`,
          [family.schoolId],
        );
        return rows.length === 1 && rows[0].value === '4';
      });
      clock.set('2026-11-20T14:05:00Z');
      await texts('sms', 1);
      expect(family.notices('sms')).toEqual(['Пётр И.: Алгебра 20.11: отметка 4 (контрольная работа)']);
    });

    it('who wants low marks alone hears of those alone', async () => {
      await bySms(choice('low-mark', { sms: 'immediate' }));
      await family.mark({ value: '5' });
      await family.mark({ value: '2' });
      await texts('sms', 1);
      expect(family.notices('sms')[0]).toContain('отметка 2');
    });

    it('absences and homework are told as chosen; a corrected topic is no news', async () => {
      await bySms(choice('absence', { sms: 'immediate' }), choice('homework', { sms: 'immediate' }));
      await family.absence();
      await texts('sms', 1);
      await family.homework({ text: '§ 5, № 12' });
      await texts('sms', 2);
      await family.homework({ text: '§ 5, № 12' }, 2, 'Обыкновенные дроби');
      await family.homework({ text: '§ 6' }, 3);
      await texts('sms', 3);
      expect(family.notices('sms')).toEqual([
        'Пётр И.: Алгебра 20.11: задание изменено: § 6',
        'Пётр И.: Алгебра 20.11: задано: § 5, № 12',
        'Пётр И.: Алгебра 20.11, 2-й урок: отсутствует на уроке',
      ]);
    });

    it('what happened half a day ago is no news', async () => {
      await bySms(choice('mark', { sms: 'immediate' }));
      const markId = randomUUID();
      await bench.publish(
        markRecorded,
        {
          schoolId: family.schoolId,
          aggregateId: markId,
          version: 1,
          occurredAt: new Date(Date.parse(NOON) - 13 * 60 * 60 * 1000),
        },
        {
          ...family.circumstances,
          markId,
          studentId: family.studentId,
          value: '2',
          numericValue: 2,
          workTypeTitle: 'Ответ на уроке',
          weight: 1,
          comment: null,
          previousValue: null,
          isAnnulled: false,
        },
      );
      await family.mark({ value: '5' });
      await texts('sms', 1);
      expect(family.notices('sms')[0]).toContain('отметка 5');
    });
  });

  describe('when it is told', () => {
    it('in the quiet hours nothing is sent; in the morning it comes as one message', async () => {
      await bySms(choice('mark', { sms: 'immediate' }), choice('absence', { sms: 'immediate' }));
      clock.set('2026-11-20T17:00:00Z'); // 22:00
      await family.mark();
      await family.absence();
      await until('both wait in one message', async () => {
        const waiting = await deliveries({ state: 'waiting' });
        const { rows } = await bench.admin.query('select 1 from notices where school_id = $1', [
          family.schoolId,
        ]);
        return waiting.length === 1 && rows.length === 2;
      });
      expect(family.notices('sms')).toEqual([]);
      clock.set('2026-11-21T03:05:00Z'); // 08:05
      await texts('sms', 1);
      expect(family.notices('sms')[0]).toMatch(/отметка 5.*; .*отсутствует/);
    });

    it('hours are the guardian’s own; the day’s message does not fall into them', async () => {
      const { schoolId } = family;
      await call(setHours, { schoolId, quietFrom: '10:00', quietTo: '13:00', digestAt: '18:00' });
      await expect(
        call(setHours, { schoolId, quietFrom: '10:00', quietTo: '13:00', digestAt: '12:00' }),
      ).rejects.toMatchObject({ code: 'notifications.digest-in-quiet-hours' });
      clock.set('2026-11-20T04:00:00Z'); // 09:00: codes are sent at any hour
      await bySms(choice('mark', { sms: 'immediate' }));
      clock.set(NOON);
      await family.mark();
      await until('it waits', async () => (await deliveries({ state: 'waiting' })).length === 1);
      clock.set('2026-11-20T08:05:00Z'); // 13:05
      await texts('sms', 1);
    });
  });

  describe('choices', () => {
    it('of two people changing them at once, the second is told so', async () => {
      await family.open('sms');
      await family.choose(choice('mark', { sms: 'evening' }));
      await expect(
        call(setChildChoices, { studentId: family.studentId, version: 0, choices: [choice('mark')] }),
      ).rejects.toMatchObject({ code: 'notifications.choices-stale' });
    });

    it('of another family’s child cannot be made', async () => {
      const other = await Family.join(bench, inbox);
      await expect(
        call(setChildChoices, { studentId: other.studentId, version: 0, choices: [choice('mark')] }),
      ).rejects.toMatchObject({ code: 'notifications.child-not-found', kind: 'not-found' });
      await expect(
        call(setHours, { schoolId: other.schoolId, quietFrom: '21:00', quietTo: '08:00', digestAt: '19:00' }),
      ).rejects.toMatchObject({ code: 'access.another-school' });
    });
  });

  describe('delivery', () => {
    it('a long Cyrillic SMS arrives whole, in parts, with one state', async () => {
      await bySms(choice('homework', { sms: 'immediate' }), choice('mark', { sms: 'immediate' }));
      clock.set('2026-11-20T17:00:00Z');
      await family.homework({ text: 'Прочитать § 5–6, ответить на вопросы в конце параграфа, № 12' });
      await family.mark();
      await until('both wait', async () => {
        const { rows } = await bench.admin.query('select 1 from notices where school_id = $1', [
          family.schoolId,
        ]);
        return rows.length === 2;
      });
      clock.set('2026-11-21T03:05:00Z');
      await texts('sms', 1);
      const [received] = family.received('sms');
      expect(received).toMatchObject({ headers: { parts: '3', coding: '8' } });
      expect(received!.text).toContain('Прочитать § 5–6');
      await until('all parts are confirmed', async () => (await deliveries())[0]?.state === 'delivered');
      expect((await deliveries())[0]!.parts).toBe(3);
    });

    it('a throttled message is sent once, later', async () => {
      await bySms(choice('mark', { sms: 'immediate' }));
      sms.trouble = { throttleNext: 2 };
      await family.mark();
      await texts('sms', 1);
      await until('it is delivered', async () => (await deliveries())[0]?.state === 'delivered');
    });

    it.each([
      ['that overtake the answer', { receiptFirst: true }],
      ['with the id in another system of numbers', { mixedIds: true }],
    ])('receipts %s are understood', async (_name, trouble) => {
      await bySms(choice('mark', { sms: 'immediate' }));
      sms.trouble = trouble;
      await family.mark();
      await until('it is delivered', async () => (await deliveries())[0]?.state === 'delivered');
    });

    it('an undelivered message is trouble that a person may send again; a delivered one is not', async () => {
      await bySms(choice('mark', { sms: 'immediate' }));
      sms.trouble = { receiptState: 'UNDELIV' };
      await family.mark();
      const [row] = await until('the receipt', async () => {
        const rows = await deliveries({ state: 'trouble' });
        return rows.length === 1 && rows;
      });
      expect(row).toMatchObject({ state: 'undelivered', problem: 'UNDELIV err 001' });
      sms.trouble = {};
      const token = await leader();
      await call(resendMessage, { messageId: row!.messageId }, token);
      await until('it is delivered', async () => (await deliveries())[0]?.state === 'delivered');
      await expect(call(resendMessage, { messageId: row!.messageId }, token)).rejects.toMatchObject({
        code: 'notifications.message-not-in-trouble',
      });
    });

    it('a line cut before the answer leaves the message uncertain: it may have arrived, so it is not repeated', async () => {
      await family.open('email');
      await bySms(choice('mark', { sms: 'immediate', email: 'immediate' }));
      sms.trouble = { cutBeforeAnswer: true };
      mail.trouble = { cutBeforeAnswer: true };
      await family.mark();
      await until('both are uncertain', async () => (await deliveries({ state: 'uncertain' })).length === 2);
      sms.trouble = {};
      mail.trouble = {};
      await family.mark({ value: '4' });
      await texts('sms', 2);
      await texts('email', 2);
      expect(family.notices('sms').filter((text) => text.includes('отметка 5'))).toHaveLength(1);
    });

    it('a mail server that says «later» gets it again, one that refuses the mailbox closes the contact', async () => {
      await family.open('email');
      await family.choose(choice('mark', { email: 'immediate' }));
      mail.trouble = { refuseLetter: '451 4.3.0 try later' };
      await family.mark();
      await until('it was tried', async () => (await deliveries())[0]?.attempts === 1);
      mail.trouble = {};
      clock.set(new Date(Date.parse(NOON) + 30_000));
      await texts('email', 1);
      mail.trouble = { refuseRecipient: '550 5.1.1 no such user' };
      await family.mark({ value: '4' });
      await until('the contact has failed', async () => {
        const { schools } = await call(getNotificationSettings, {});
        return schools[0]!.email.state === 'failed';
      });
      expect((await deliveries({ state: 'refused' }))[0]!.problem).toContain('5.1.1');
    });

    it('a message that nobody needs any more is not sent a day late', async () => {
      await bySms(choice('mark', { sms: 'immediate' }));
      sms.trouble = { throttleNext: 100_000 };
      await family.mark();
      await until('it waits', async () => (await deliveries({ state: 'waiting' })).length === 1);
      clock.set(new Date(Date.parse(NOON) + 25 * 60 * 60 * 1000));
      sms.trouble = {};
      await until('it expires', async () => (await deliveries({ state: 'expired' })).length === 1);
      expect(family.notices('sms')).toEqual([]);
    });
  });

  describe('the log', () => {
    it('holds no code', async () => {
      await family.open('sms');
      const { deliveries: rows } = await call(listDeliveries, {}, await leader());
      expect(rows).toMatchObject([{ kind: 'code', text: null }]);
      const { rows: kept } = await bench.admin.query(
        'select text, subject, html from messages where school_id = $1',
        [family.schoolId],
      );
      expect(kept).toEqual([{ text: null, subject: null, html: null }]);
    });

    it('of the own class is shown to its class teacher, of the school to nobody of another', async () => {
      await bySms(choice('mark', { sms: 'immediate' }));
      await family.mark();
      await texts('sms', 1);
      const teacherOf = (classId: string) =>
        bench.keys.tokenOf([
          {
            role: 'homeroom-teacher',
            schoolId: family.schoolId,
            personId: randomUUID(),
            classIds: [classId],
          },
        ]);
      const total = async (token: string) => (await call(listDeliveries, {}, token)).total;
      expect(await total(await teacherOf(family.classId))).toBe(1);
      expect(await total(await teacherOf(randomUUID()))).toBe(0);
      const stranger = await bench.keys.tokenOf([
        { role: 'administrator', schoolId: randomUUID(), personId: randomUUID() },
      ]);
      expect(await total(stranger)).toBe(0);
      await expect(call(listDeliveries, { schoolId: family.schoolId }, stranger)).rejects.toMatchObject({
        code: 'access.another-school',
      });
      await expect(call(listDeliveries, {}, family.token)).rejects.toMatchObject({
        code: 'access.forbidden',
      });
    });

    it('of another school is not even visible to SQL as the service’s own role', async () => {
      await family.open('sms');
      const client = new Client({ connectionString: bench.database.urls.notifications!.runtime });
      await client.connect();
      try {
        await client.query(`begin; set local app.schools = '${randomUUID()}'`);
        for (const table of ['messages', 'contacts', 'consents', 'guardians'])
          expect((await client.query(`select 1 from notifications.${table}`)).rowCount).toBe(0);
      } finally {
        await client.end();
      }
    });
  });
});
