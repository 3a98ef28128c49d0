import { describe, expect, it } from '@jest/globals';
import { getNotificationSettings, resendMessage } from '@parta/contracts-notifications';
import { choice } from './family.js';
import { NOON } from './notifications-under-test.js';
import { Scene } from './scene.js';
import { until } from './until.js';

describe('delivery', () => {
  const scene = Scene.forEachTest();

  it('a long Cyrillic SMS arrives whole, in parts, with one state', async () => {
    await scene.bySms(choice('homework', { sms: 'immediate' }), choice('mark', { sms: 'immediate' }));
    scene.clock.set('2026-11-20T17:00:00Z');
    await scene.family.homework({ text: 'Прочитать § 5–6, ответить на вопросы в конце параграфа, № 12' });
    await scene.family.mark();
    await until('both wait', async () => {
      const { rows } = await scene.bench.admin.query('select 1 from notices where school_id = $1', [
        scene.family.schoolId,
      ]);
      return rows.length === 2;
    });
    scene.clock.set('2026-11-21T03:05:00Z');
    await scene.texts('sms', 1);
    const [received] = scene.family.received('sms');
    expect(received).toMatchObject({ headers: { parts: '3', coding: '8' } });
    expect(received!.text).toContain('Прочитать § 5–6');
    await until('all parts are confirmed', async () => (await scene.deliveries())[0]?.state === 'delivered');
    expect((await scene.deliveries())[0]!.parts).toBe(3);
  });

  it('a throttled message is sent once, later', async () => {
    await scene.bySms(choice('mark', { sms: 'immediate' }));
    scene.sms.trouble = { throttleNext: 2 };
    await scene.family.mark();
    await scene.texts('sms', 1);
    await until('it is delivered', async () => (await scene.deliveries())[0]?.state === 'delivered');
  });

  it.each([
    ['that overtake the answer', { receiptFirst: true }],
    ['with the id in another system of numbers', { mixedIds: true }],
  ])('receipts %s are understood', async (_name, trouble) => {
    await scene.bySms(choice('mark', { sms: 'immediate' }));
    scene.sms.trouble = trouble;
    await scene.family.mark();
    await until('it is delivered', async () => (await scene.deliveries())[0]?.state === 'delivered');
  });

  it('a receipt whose keeping is cut off half-way comes again, and is kept then', async () => {
    await scene.bySms(choice('mark', { sms: 'immediate' }));
    scene.sms.trouble = { withholdReceipts: true };
    await scene.family.mark();
    const [message] = await until('it is submitted', async () => {
      const rows = await scene.deliveries();
      return rows[0]?.state === 'submitted' && rows;
    });
    const { admin } = scene.bench;
    await admin.query('begin');
    await admin.query('select 1 from messages where id = $1 for update', [message!.messageId]);
    scene.sms.trouble = {};
    try {
      await until('what follows from the receipt is cut off', async () => {
        await admin.query('select pg_stat_clear_snapshot()');
        const { rowCount } = await admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))`,
        );
        return rowCount === 1;
      });
    } finally {
      await admin.query('rollback');
    }
    await until('it is delivered', async () => (await scene.deliveries())[0]?.state === 'delivered');
  });

  it('an undelivered message is trouble that a person may send again; a delivered one is not', async () => {
    await scene.bySms(choice('mark', { sms: 'immediate' }));
    scene.sms.trouble = { receiptState: 'UNDELIV' };
    await scene.family.mark();
    const [row] = await until('the receipt', async () => {
      const rows = await scene.deliveries({ state: 'trouble' });
      return rows.length === 1 && rows;
    });
    expect(row).toMatchObject({ state: 'undelivered', problem: 'UNDELIV err 001' });
    scene.sms.trouble = {};
    const token = await scene.leader();
    await scene.call(resendMessage, { messageId: row!.messageId }, token);
    await until('it is delivered', async () => (await scene.deliveries())[0]?.state === 'delivered');
    await expect(scene.call(resendMessage, { messageId: row!.messageId }, token)).rejects.toMatchObject({
      code: 'notifications.message-not-in-trouble',
    });
  });

  it('a line cut before the answer leaves the message uncertain: it may have arrived, so it is not repeated', async () => {
    await scene.family.open('email');
    await scene.bySms(choice('mark', { sms: 'immediate', email: 'immediate' }));
    scene.sms.trouble = { cutBeforeAnswer: true };
    scene.mail.trouble = { cutBeforeAnswer: true };
    await scene.family.mark();
    await until(
      'both are uncertain',
      async () => (await scene.deliveries({ state: 'uncertain' })).length === 2,
    );
    scene.sms.trouble = {};
    scene.mail.trouble = {};
    await scene.family.mark({ value: '4' });
    await scene.texts('sms', 2);
    await scene.texts('email', 2);
    expect(scene.family.notices('sms').filter((text) => text.includes('отметка 5'))).toHaveLength(1);
  });

  it('a mail server that says «later» gets it again, one that refuses the mailbox closes the contact', async () => {
    await scene.family.open('email');
    await scene.family.choose(choice('mark', { email: 'immediate' }));
    scene.mail.trouble = { refuseLetter: '451 4.3.0 try later' };
    await scene.family.mark();
    await until('it was tried', async () => (await scene.deliveries())[0]?.attempts === 1);
    scene.mail.trouble = {};
    scene.clock.set(new Date(Date.parse(NOON) + 30_000));
    await scene.texts('email', 1);
    scene.mail.trouble = { refuseRecipient: '550 5.1.1 no such user' };
    await scene.family.mark({ value: '4' });
    await until('the contact has failed', async () => {
      const { schools } = await scene.call(getNotificationSettings, {});
      return schools[0]!.email.state === 'failed';
    });
    expect((await scene.deliveries({ state: 'refused' }))[0]!.problem).toContain('5.1.1');
  });

  it('a message that nobody needs any more is not sent a day late', async () => {
    await scene.bySms(choice('mark', { sms: 'immediate' }));
    scene.sms.trouble = { throttleNext: 100_000 };
    await scene.family.mark();
    await until('it waits', async () => (await scene.deliveries({ state: 'waiting' })).length === 1);
    // An attempt may be under way: the centre puts off that one too, so that only the clock decides.
    scene.clock.set(new Date(Date.parse(NOON) + 25 * 3_600_000));
    await until('it expires', async () => (await scene.deliveries({ state: 'expired' })).length === 1);
    scene.sms.trouble = {};
    expect(scene.family.notices('sms')).toEqual([]);
  });
});
