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
