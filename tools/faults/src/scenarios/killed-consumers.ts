import { eventually } from '../eventually.js';
import { pause, type Fault } from '../suite.js';
import { factsOf, killWhileItWaitsFor, killWithWhatIsHeld } from './kill-steps.js';

/** Who hears of facts, and a table that it writes what it has heard into. */
const CONSUMERS = {
  diary: 'diary.marks',
  notifications: 'notifications.notices',
  identity: 'identity.people',
  curriculum: 'curriculum.teachers',
  journal: 'journal.students',
  reporting: 'reporting.marks',
};

/** What may be under way to the carriers when notifications dies. */
const SUBMITTED = 20;

type Consumer = keyof typeof CONSUMERS;

const inProjection = (service: Consumer): Fault => ({
  name: `${service} killed in a projection`,
  needsReporting: service === 'reporting',
  uncertain: service === 'notifications' ? SUBMITTED : 0,
  breakIt: ({ platform }) =>
    killWhileItWaitsFor(
      platform,
      service,
      `lock table ${CONSUMERS[service]} in exclusive mode`,
      `%${CONSUMERS[service].split('.')[1]}%`,
    ),
});

const beforeAcknowledging = (service: Consumer): Fault => ({
  name: `${service} killed after its commit, before it acknowledges`,
  isQuick: service === 'diary',
  uncertain: service === 'notifications' ? SUBMITTED : 0,
  needsReporting: service === 'reporting',
  async breakIt({ platform }) {
    const handled = (): Promise<number> => platform.count(`${service}.inbox`);
    // Facts come for as long as those last that were asked for before the line was held: another time, if none did.
    await eventually(`${service} to have handled facts`, async () => {
      const before = await handled();
      const release = platform.natsProxy.hold(factsOf(service), 'out');
      try {
        for (let look = 0; look < 30; look += 1) {
          await pause(0.1);
          if ((await handled()) === before) continue;
          killWithWhatIsHeld(platform, service, factsOf(service));
          return null;
        }
        return 'none';
      } finally {
        release();
      }
    });
  },
  async check({ platform }) {
    await eventually('facts to come again and be known', async () =>
      (await platform.handledAgain(service)) > 0 ? null : 'none did',
    );
  },
});

/** Between notifications and the carriers. */
export const submission: Fault[] = [
  {
    name: 'notifications killed between submission and answer',
    isQuick: true,
    uncertain: SUBMITTED,
    async breakIt({ platform }) {
      const before = platform.inbox.list().length;
      platform.sms.trouble = { holdAnswers: true };
      platform.mail.trouble = { holdAnswers: true };
      await eventually('messages to be submitted by both channels', () => {
        const list = platform.inbox.list();
        const channels = new Set(list.slice(0, list.length - before).map(({ channel }) => channel));
        return channels.size === 2 ? null : `only ${[...channels].join()}`;
      });
      platform.kill('notifications');
      await pause(0.1);
      platform.sms.trouble = {};
      platform.mail.trouble = {};
    },
    check(_suite, { told }) {
      if (told.uncertain === 0) throw new Error('no message was caught between submission and answer');
      return Promise.resolve();
    },
  },
  {
    name: 'notifications killed between submission and receipt',
    uncertain: SUBMITTED,
    async breakIt({ platform }) {
      platform.sms.trouble = { withholdReceipts: true };
      await eventually('short messages to wait for receipts', async () =>
        (await platform.count('notifications.messages', `channel = 'sms' and state = 'submitted'`)) >= 3
          ? null
          : 'too few',
      );
      platform.kill('notifications');
      await pause(0.1);
      platform.sms.trouble = {};
    },
    async check({ platform }) {
      await eventually('every receipt to be kept', async () => {
        const open = await platform.count(
          'notifications.messages',
          `channel = 'sms' and state = 'submitted'`,
        );
        return open === 0 ? null : `${open} messages have no receipt`;
      });
    },
  },
];

const consumers = Object.keys(CONSUMERS) as Consumer[];

/** Step by step, so that a service comes up again after others have. */
export const killedConsumers: readonly (readonly Fault[])[] = [inProjection, beforeAcknowledging].map(
  (step) => consumers.map(step),
);
