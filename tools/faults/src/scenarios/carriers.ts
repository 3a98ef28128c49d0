import type { ReceiptOf, ShapedReceipt } from '@parta/receivers';
import { eventually } from '../eventually.js';
import type { Fault, Suite } from '../suite.js';

/** Messages that may be on lines when these end. */
const UNDER_WAY = 20;

const waiting = ({ platform }: Suite, channel: string): Promise<number> =>
  platform.count(
    'notifications.messages',
    `channel = '${channel}' and state = 'waiting' and problem is not null`,
  );

async function untilBothWait(suite: Suite): Promise<void> {
  await eventually('messages to wait', async () =>
    (await waiting(suite, 'sms')) > 0 && (await waiting(suite, 'email')) > 0 ? null : 'not both channels',
  );
}

const said = (id: string, state: string): string =>
  `id:${id} sub:001 dlvrd:001 submit date:2611281200 done date:2611281201 stat:${state} err:000 text:`;
const usual = (of: ReceiptOf, text: string, more: Record<string, unknown> = {}): ShapedReceipt => ({
  fields: {
    source_addr: of.to,
    destination_addr: of.from,
    esm_class: 0x04,
    short_message: Buffer.from(text, 'latin1'),
    ...more,
  },
});
/** A deliver_sm whose last parameter, message_state, lacks its value. */
const UNREADABLE = Buffer.from(`00000025000000050000000000000063${'00'.repeat(17)}04270001`, 'hex');

/** Receipts as centres write them, and some that cannot be read or say nothing. */
const GARBLED: readonly ((of: ReceiptOf) => ShapedReceipt)[] = [
  (of) => usual(of, said(String(of.id).padStart(10, '0'), 'DELIVRD')),
  (of) => usual(of, said(of.id.toString(16), 'DELIVERED'), { source_addr: `8${of.to.slice(1)}` }),
  (of) => usual(of, `Id: ${of.id.toString(16).toUpperCase()} Stat: Delivered Err: 0\0`),
  (of) =>
    usual(of, '', {
      receipted_message_id: of.id.toString(16),
      message_state: 2,
      short_message: Buffer.alloc(0),
    }),
  (of) => ({
    command: 'data_sm',
    fields: {
      source_addr: of.to,
      destination_addr: of.from,
      esm_class: 0x04,
      message_payload: Buffer.from(said(of.id.toString(16), 'DELIVRD'), 'latin1'),
    },
  }),
  (of) => usual(of, said(of.id.toString(16), 'BUFFERED')),
  (of) => usual(of, said(of.id.toString(16), 'SKIPPED')),
  (of) => usual(of, said(`${of.id.toString(16)}\0`, 'WH\0T')),
  () => ({ bytes: UNREADABLE }),
];
const garbled = (of: ReceiptOf): ShapedReceipt => GARBLED[of.id % GARBLED.length]!(of);

const mend = async ({ platform }: Suite): Promise<void> => {
  platform.sms.trouble = {};
  platform.mail.trouble = {};
  await Promise.resolve();
};

/** The mail server and the SMS centre. */
export const brokenCarriers: Fault[] = [
  {
    name: 'mail server and SMS centre down',
    uncertain: UNDER_WAY,
    async breakIt(suite) {
      await Promise.all([suite.platform.mail.stop(), suite.platform.sms.stop()]);
      await untilBothWait(suite);
    },
    mendIt: async ({ platform }) => {
      await platform.startMail();
      await platform.startSms();
    },
  },
  {
    name: 'mail server and SMS centre slow',
    breakIt({ platform }) {
      platform.sms.trouble = { answerDelayMs: 2000 };
      platform.mail.trouble = { answerDelayMs: 2000 };
      return Promise.resolve();
    },
    lasts: 5,
    mendIt: mend,
  },
  {
    name: 'mail server and SMS centre silent about one family',
    isQuick: true,
    async breakIt({ platform, schools }) {
      const { email, phone } = [...schools[0]!.families.values()][0]!;
      platform.sms.trouble = { holdAnswers: phone.replace('+', '') };
      platform.mail.trouble = { holdAnswers: email };
      const handedOver = (): Promise<number> =>
        platform.count('notifications.messages', `state in ('submitted', 'delivered')`);
      await eventually('a message to wait for its answer', async () =>
        (await platform.count(
          'notifications.messages',
          `state = 'sending' and address in ('${phone}', '${email}')`,
        )) > 0
          ? null
          : 'none',
      );
      const before = await handedOver();
      await eventually('the others to go on', async () => {
        const more = (await handedOver()) - before;
        return more > 10 ? null : `${more} more`;
      });
    },
    lasts: 0,
    mendIt: mend,
  },
  {
    name: 'SMS centre answering after it was given up',
    async breakIt({ platform }) {
      const uncertain = (): Promise<number> =>
        platform.count('notifications.messages', `channel = 'sms' and state = 'uncertain'`);
      const before = await uncertain();
      platform.sms.trouble = { holdAnswers: true };
      await eventually(
        'messages to be given up',
        async () => ((await uncertain()) > before ? null : 'they are waited for'),
        60_000,
      );
    },
    lasts: 0,
    // With the answers nothing is left uncertain: the fault allows for none.
    mendIt: mend,
  },
  {
    name: 'garbled receipts',
    isQuick: true,
    async breakIt({ platform }) {
      const delivered = (): Promise<number> =>
        platform.count('notifications.messages', `channel = 'sms' and state = 'delivered'`);
      const before = await delivered();
      platform.sms.trouble = { answerId: (id) => id.toString(16).padStart(12, '0'), receiptAs: garbled };
      await eventually('messages to be delivered all the same', async () => {
        const more = (await delivered()) - before;
        return more >= GARBLED.length ? null : `${more} more`;
      });
    },
    mendIt: mend,
    async check({ platform }) {
      const undelivered = await platform.count(
        'notifications.messages',
        `channel = 'sms' and state = 'undelivered'`,
      );
      const closed = await platform.count('notifications.contacts', `channel = 'sms' and state <> 'open'`);
      if (undelivered + closed > 0)
        throw new Error(`${undelivered} messages are held for undelivered, ${closed} numbers are closed`);
    },
  },
  {
    name: 'SMS centre throttling (ESME_RTHROTTLED)',
    isQuick: true,
    async breakIt(suite) {
      suite.platform.sms.trouble = { throttleNext: 1_000_000 };
      await eventually('messages to wait', async () =>
        (await waiting(suite, 'sms')) > 3 ? null : 'too few',
      );
    },
    lasts: 3,
    mendIt: mend,
  },
  {
    name: 'mail server and SMS centre accepting, then refusing',
    async breakIt(suite) {
      suite.platform.sms.trouble = { throttleAfter: 5 };
      suite.platform.mail.trouble = { deferAfter: 5 };
      await untilBothWait(suite);
    },
    mendIt: mend,
  },
  {
    name: 'lines to mail server and SMS centre cut before the answer',
    uncertain: UNDER_WAY,
    async breakIt({ platform }) {
      const before = await platform.count('notifications.messages', `state = 'uncertain'`);
      platform.sms.trouble = { cutBeforeAnswer: true };
      platform.mail.trouble = { cutBeforeAnswer: true };
      await eventually('messages to be uncertain', async () =>
        (await platform.count('notifications.messages', `state = 'uncertain'`)) > before + 1
          ? null
          : 'too few',
      );
    },
    lasts: 0,
    mendIt: mend,
  },
];
