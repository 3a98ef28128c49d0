import { describe, expect, it } from '@jest/globals';
import { getNotificationSettings, type Channel, type DeliveryRow } from '@parta/contracts-notifications';
import type { MailTrouble, SmsTrouble } from '@parta/receivers';
import { choice } from './family.js';
import { NOON } from './notifications-under-test.js';
import { Scene } from './scene.js';
import { until } from './until.js';

const ESME_RINVDSTADR = 0x0b;
const ESME_RINVMSGLEN = 0x01;

describe('an address that cannot be reached', () => {
  const scene = Scene.forEachTest();

  const contact = async (channel: Channel) =>
    (await scene.bench.rpc.call(getNotificationSettings, {}, { token: scene.family.token })).schools[0]![
      channel
    ];
  const open = async (channel: Channel): Promise<void> => {
    await scene.family.open(channel);
    await scene.family.choose(choice('mark', { [channel]: 'immediate' }));
  };
  const logged = (state: string, count: number): Promise<DeliveryRow[]> =>
    until(`${count} ${state}`, async () => {
      const rows = await scene.deliveries({ state });
      return rows.length === count && rows;
    });

  /** What happens from the first message that cannot arrive until the guardian has proven the address again. */
  const isGivenUpUntilProvenAgain = async (channel: Channel, state: string): Promise<string> => {
    const before = scene.family.notices(channel).length;
    await scene.family.mark();
    const [row] = await logged(state, 1);
    await until('the contact has failed', async () => (await contact(channel)).state === 'failed');
    await scene.family.mark({ value: '4' });
    scene.mail.trouble = {};
    scene.sms.trouble = {};
    scene.clock.set(new Date(Date.parse(NOON) + 2 * 60_000));
    await open(channel);
    await scene.family.mark({ value: '3' });
    await until('what comes after is told', () => /отметка 3/.test(scene.family.notices(channel)[0] ?? ''));
    // The mark between the two was not even tried, and is not sent afterwards either.
    expect(
      scene.family
        .notices(channel)
        .slice(0, -before || undefined)
        .join(),
    ).not.toContain('отметка 4');
    expect(await scene.deliveries({})).toHaveLength(2);
    expect((await contact(channel)).state).toBe('open');
    return row!.problem!;
  };

  it.each([
    '550 5.1.1 no such user',
    '550 Mailbox does not exist',
    '553 sorry, no mailbox here by that name',
  ])('by mail, as the server says when it is told the recipient: %s', async (refusal) => {
    await open('email');
    scene.mail.trouble = { refuseRecipient: refusal };
    expect(await isGivenUpUntilProvenAgain('email', 'refused')).toContain(refusal.slice(4));
  });

  it('by SMS, as the centre says when it is handed the message', async () => {
    await open('sms');
    scene.sms.trouble = { refuseWith: ESME_RINVDSTADR };
    expect(await isGivenUpUntilProvenAgain('sms', 'refused')).toContain('SMPP status 0x0b');
  });

  it('by SMS, as the receipt says by this centre’s error for a number that does not exist', async () => {
    await open('sms');
    scene.sms.trouble = { receiptState: 'UNDELIV', receiptError: '00B' };
    expect(await isGivenUpUntilProvenAgain('sms', 'undelivered')).toBe('UNDELIV err 00B');
  });

  it.each<[string, Channel, string, MailTrouble & SmsTrouble]>([
    ['a full mailbox', 'email', 'refused', { refuseRecipient: '552 5.2.2 mailbox full' }],
    [
      'a server that does not want us',
      'email',
      'refused',
      { refuseRecipient: '550 5.7.1 blocked by policy' },
    ],
    ['a letter taken for spam', 'email', 'refused', { refuseLetter: '554 looks like spam' }],
    ['a message that the centre does not take', 'sms', 'refused', { refuseWith: ESME_RINVMSGLEN }],
    ['a telephone that is off', 'sms', 'undelivered', { receiptState: 'UNDELIV', receiptError: '01B' }],
  ])('is not the one behind %s', async (_what, channel, state, trouble) => {
    await open(channel);
    scene.mail.trouble = trouble;
    scene.sms.trouble = trouble;
    await scene.family.mark();
    await logged(state, 1);
    expect((await contact(channel)).state).toBe('open');
  });

  it('is one where nothing has arrived five times in a row; what arrives in between counts anew', async () => {
    await open('sms');
    const undelivered = { receiptState: 'UNDELIV' } as const;
    const fail = async (times: number, sofar: number): Promise<void> => {
      scene.sms.trouble = undelivered;
      for (let i = 1; i <= times; i++) {
        await scene.family.mark();
        await logged('undelivered', sofar + i);
      }
    };
    await fail(4, 0);
    scene.sms.trouble = {};
    await scene.family.mark();
    await logged('delivered', 1);
    await fail(4, 4);
    expect((await contact('sms')).state).toBe('open');
    await fail(1, 8);
    await until('the contact has failed', async () => (await contact('sms')).state === 'failed');
  });

  it('is not one that was proven after the message had left', async () => {
    await open('sms');
    scene.sms.trouble = { receiptState: 'UNDELIV', receiptError: '00B', withholdReceipts: true };
    await scene.family.mark();
    await logged('submitted', 1);
    scene.clock.set(new Date(Date.parse(NOON) + 2 * 60_000));
    await scene.family.open('sms');
    // The clock stands still, so that the code would have left in the moment in which it was proven.
    await scene.bench.admin.query(
      `update contacts set opened_at = opened_at + interval '1 second' where school_id = $1`,
      [scene.family.schoolId],
    );
    scene.sms.trouble = { receiptState: 'UNDELIV', receiptError: '00B' };
    await logged('undelivered', 1);
    expect((await contact('sms')).state).toBe('open');
  });
});
