import { describe, expect, it } from '@jest/globals';
import { getNotificationSettings } from '@parta/contracts-notifications';
import type { MailTrouble, SmsTrouble } from '@parta/receivers';
import { Dispatchers } from '../src/messages/dispatchers.js';
import { choice, Family } from './family.js';
import { NOON } from './notifications-under-test.js';
import { Scene } from './scene.js';
import { until } from './until.js';

const later = (minutes: number): Date => new Date(Date.parse(NOON) + minutes * 60_000);

describe('trouble of a channel', () => {
  const scene = Scene.forEachTest({ answerTimeoutMs: 300 });

  const hears = async (channel: 'sms' | 'email'): Promise<void> => {
    await scene.family.open(channel);
    await scene.family.choose(choice('mark', { [channel]: 'immediate' }));
  };
  const problemOf = async (): Promise<string | undefined> =>
    (await scene.deliveries())[0]?.problem ?? undefined;
  const warnings = (): string => scene.bench.service.warnings().join();

  describe('is final for no message', () => {
    it.each<[string, SmsTrouble, boolean]>([
      ['0x04 of a session that is not bound', { refuseWith: 0x04 }, false],
      ['0x08 of a centre in trouble', { refuseWith: 0x08 }, false],
      ['0x0a of a sender’s name that is not approved', { refuseWith: 0x0a }, true],
      ['0x0c', { refuseWith: 0x0c }, false],
      ['0x14 of a full queue', { refuseWith: 0x14 }, false],
      ['0x15 of a wrong service type', { refuseWith: 0x15 }, true],
      ['0x45 of a submission that failed', { refuseWith: 0x45 }, false],
      ['0x58 of a centre that is too slow', { refuseWith: 0x58 }, false],
      ['0x64 of temporary trouble', { refuseWith: 0x64 }, false],
      ['0xff of trouble without a name', { refuseWith: 0xff }, false],
      ['a status of the operator’s own', { refuseWith: 0x0444 }, false],
      ['a generic_nack', { nackWith: 0x03 }, true],
      ['a generic_nack for a number', { nackWith: 0x0b }, false],
    ])('by SMS: %s', async (_what, trouble, needsPerson) => {
      await hears('sms');
      scene.sms.trouble = trouble;
      await scene.family.mark();
      await until('it was tried', async () => (await problemOf())?.includes('0x'));
      expect((await scene.deliveries())[0]!.state).toBe('waiting');
      expect(warnings().includes('nothing leaves by sms')).toBe(needsPerson);
      scene.sms.trouble = {};
      scene.clock.set(later(10));
      await scene.texts('sms', 1);
      await until('no warning is left', () => !warnings().includes('nothing leaves by sms'));
      expect((await scene.call(getNotificationSettings, {})).schools[0]!.sms.state).toBe('open');
    });

    it.each<[string, MailTrouble, boolean]>([
      ['a server that relays nothing', { refuseRecipient: '550 5.7.1 Relaying denied' }, true],
      ['a sender that it refuses', { refuseSender: '553 5.1.8 sender domain not found' }, true],
      [
        'its blocklist',
        { refuseRecipient: '554 5.7.1 Client host [10.0.0.1] blocked using a blocklist' },
        true,
      ],
      ['a signature that is wanting', { refuseLetter: '550 5.7.26 unauthenticated, DMARC policy' }, true],
      ['a sign-in that it wants', { refuseSender: '530 5.7.0 Authentication required' }, true],
      ['a command that it does not know', { refuseRecipient: '502 5.5.1 not implemented' }, false],
      ['a server that goes down', { refuseLetter: '421 4.3.2 shutting down' }, false],
      ['a disk that is full', { refuseSender: '452 4.3.1 insufficient storage' }, false],
      ['a mailbox that is to be tried again', { refuseRecipient: '450 4.2.0 greylisted' }, false],
    ])('by mail: %s', async (_what, trouble, needsPerson) => {
      await hears('email');
      scene.mail.trouble = trouble;
      await scene.family.mark();
      await until('it was tried', problemOf);
      expect((await scene.deliveries())[0]!.state).toBe('waiting');
      expect(warnings().includes('nothing leaves by email')).toBe(needsPerson);
      scene.mail.trouble = {};
      scene.clock.set(later(10));
      await scene.texts('email', 1);
    });
  });

  describe('a slow answer', () => {
    it.each(['sms', 'email'] as const)('by %s to one family holds no other', async (channel) => {
      await hears(channel);
      const other = await Family.join(scene.bench, scene.inbox);
      await other.open(channel);
      await other.choose(choice('mark', { [channel]: 'immediate' }));
      scene.sms.trouble = { holdAnswers: scene.family.phone.slice(1) };
      scene.mail.trouble = { holdAnswers: scene.family.email };
      await scene.family.mark();
      await scene.texts(channel, 1);
      for (let i = 1; i <= 12; i++) await other.mark();
      await until('the other family is told', () => other.notices(channel).length === 12);
    });

    it('is heard when it comes after it was given up', async () => {
      await hears('sms');
      scene.sms.trouble = { holdAnswers: true, withholdReceipts: true };
      await scene.family.mark();
      await until('it is uncertain', async () => (await scene.deliveries())[0]?.state === 'uncertain');
      scene.sms.trouble = { withholdReceipts: true };
      await until('it is submitted', async () => (await scene.deliveries())[0]?.state === 'submitted');
      scene.sms.trouble = {};
      await until('it is delivered', async () => (await scene.deliveries())[0]?.state === 'delivered');
    });

    it('to the first part of a long message lets the rest follow', async () => {
      await scene.bySms(choice('homework', { sms: 'immediate' }));
      await scene.family.choose(choice('mark', { sms: 'evening' }), choice('homework', { sms: 'evening' }));
      await scene.family.mark();
      await scene.family.homework({ text: 'Прочитать § 5–6, ответить на вопросы в конце параграфа' });
      await until('both wait in one', async () => {
        const { rows } = await scene.bench.admin.query('select 1 from notices where school_id = $1', [
          scene.family.schoolId,
        ]);
        return rows.length === 2;
      });
      scene.sms.trouble = { holdAnswers: true };
      scene.clock.set('2026-11-20T14:05:00Z');
      await until('it is uncertain', async () => (await scene.deliveries())[0]?.state === 'uncertain');
      scene.sms.trouble = {};
      await until('the rest waits', async () => (await scene.deliveries())[0]?.state === 'waiting');
      scene.clock.set('2026-11-20T14:08:00Z');
      await scene.texts('sms', 1);
      await until('it is delivered', async () => (await scene.deliveries())[0]?.state === 'delivered');
    });
  });

  it.each(['unbind', 'cut'] as const)(
    'a session that the centre ends (%s) is bound again without a message, and receipts come',
    async (how) => {
      await hears('sms');
      scene.sms.trouble = { withholdReceipts: true };
      await scene.family.mark();
      await until('it is submitted', async () => (await scene.deliveries())[0]?.state === 'submitted');
      scene.sms.end(how);
      scene.sms.trouble = {};
      await until('it is delivered', async () => (await scene.deliveries())[0]?.state === 'delivered');
      await until('it is bound again', () => scene.sms.bound === 1);
    },
  );

  it('is warned of without the mailbox that the server names', async () => {
    await hears('email');
    scene.mail.trouble = { refuseRecipient: `550 5.7.1 <${scene.family.email}>: Relay access denied` };
    await scene.family.mark();
    await until('it is warned of', () => warnings().includes('Relay access denied'));
    expect(warnings()).not.toContain(scene.family.email);
    scene.mail.trouble = {};
    await scene.texts('email', 1);
  });

  it('is warned of by how long a message could have left, however often it was tried since', async () => {
    await hears('sms');
    scene.sms.trouble = { throttleNext: 100_000 };
    await scene.family.mark();
    await until('it was tried', problemOf);
    scene.clock.set(later(10));
    const overdue = async (): Promise<number> => {
      await scene.bench.service.get(Dispatchers).measure();
      const { values } = await scene.bench.service.metrics.registry
        .getSingleMetric('parta_messages_overdue_seconds')!
        .get();
      return values.find(({ labels }) => labels.channel === 'sms')!.value;
    };
    await until('it was tried again', async () => {
      const { rows } = await scene.bench.admin.query(
        'select 1 from queue where school_id = $1 and due_at >= $2',
        [scene.family.schoolId, later(10)],
      );
      return rows.length === 1;
    });
    expect(await overdue()).toBe(600);
    expect(warnings()).toContain('messages by sms wait, 1 in all, the oldest for 600 s');
    scene.sms.trouble = {};
    await scene.texts('sms', 1);
    await until('none waits', async () => (await overdue()) === 0);
    expect(warnings()).not.toContain('messages by sms wait');
  });

  it('is no warning while the evening or the quiet hours hold what waits', async () => {
    await scene.family.open('sms');
    await scene.family.choose(choice('mark', { sms: 'evening' }));
    await scene.family.mark();
    await until('it waits', async () => (await scene.deliveries())[0]?.state === 'waiting');
    scene.clock.set(later(60));
    await scene.bench.service.get(Dispatchers).measure();
    expect(warnings()).toBe('');
  });
});
