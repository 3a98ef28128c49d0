import { eventually } from '../eventually.js';
import { pause, type Fault, type Suite } from '../suite.js';

/** Lets a lock stop the service in the middle of its work, kills it there and lets go. */
async function killWhileItWaitsFor(
  { platform }: Suite,
  service: string,
  lock: string,
  values: unknown[] = [],
): Promise<void> {
  const holder = await platform.connection();
  try {
    await holder.query('begin');
    await holder.query(lock, values);
    await platform.untilBlocked(service);
    platform.kill(service);
  } finally {
    await holder.end();
  }
}

const unpublished = ({ platform }: Suite): Promise<number> =>
  platform.count('journal.outbox', 'published_at is null');

/** kill -9 of each service at each step of its work. The supervisor starts it again. */
export const killedServices: Fault[] = [
  {
    name: 'journal killed before its commit',
    async breakIt(suite) {
      await killWhileItWaitsFor(
        suite,
        'journal',
        'select 1 from journal.lessons where school_id = any ($1::uuid[]) for update',
        [suite.schools.map(({ schoolId }) => schoolId)],
      );
    },
  },
  {
    name: 'diary killed in a projection',
    async breakIt(suite) {
      await killWhileItWaitsFor(suite, 'diary', 'lock table diary.marks in exclusive mode');
    },
  },
  {
    name: 'notifications killed in a projection',
    async breakIt(suite) {
      await killWhileItWaitsFor(suite, 'notifications', 'lock table notifications.notices in exclusive mode');
    },
  },
  {
    name: 'gateway killed',
    async breakIt({ platform }) {
      platform.kill('gateway');
    },
  },
  {
    name: 'journal killed after its commit, before it publishes',
    isQuick: true,
    async breakIt(suite) {
      const { platform } = suite;
      const release = platform.natsProxy.hold(/^parta-journal$/, 'out');
      await eventually('facts to wait in the outbox', async () =>
        (await unpublished(suite)) >= 3 ? null : 'too few',
      );
      platform.kill('journal');
      await pause(0.1);
      release();
    },
  },
  {
    name: 'notifications killed between submission and answer',
    isQuick: true,
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
    name: 'diary killed after its commit, before it acknowledges',
    isQuick: true,
    async breakIt({ platform }) {
      // Facts come for as long as those last that were asked for before the line was held: another time, if none did.
      await eventually('the diary to have handled facts', async () => {
        const handled = (): Promise<number> => platform.count('diary.inbox');
        const before = await handled();
        const release = platform.natsProxy.hold(/^parta-diary$/, 'out');
        try {
          for (let look = 0; look < 30; look += 1) {
            await pause(0.1);
            if ((await handled()) === before) continue;
            platform.kill('diary');
            await pause(0.1);
            return null;
          }
          return 'none';
        } finally {
          release();
        }
      });
    },
  },
  {
    name: 'identity killed while people sign in',
    async breakIt({ platform }) {
      const signIns = Promise.allSettled(
        Array.from({ length: 8 }, () =>
          fetch(`${platform.url}/api/v1/session`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ login: 'nobody', password: 'wrong-password-2026' }),
          }),
        ),
      );
      await pause(0.05);
      platform.kill('identity');
      for (const signIn of await signIns)
        if (signIn.status === 'fulfilled' && ![401, 503].includes(signIn.value.status))
          throw new Error(`a sign-in was answered ${signIn.value.status}`);
    },
  },
  {
    name: 'journal killed after it publishes, before it notes so',
    async breakIt(suite) {
      const { platform } = suite;
      const release = platform.natsProxy.hold(/^parta-journal$/, 'out');
      const holder = await platform.connection();
      try {
        await eventually('facts to wait in the outbox', async () =>
          (await unpublished(suite)) >= 3 ? null : 'too few',
        );
        await holder.query('begin');
        await holder.query('select 1 from journal.outbox where published_at is null for update');
        release();
        await platform.untilBlocked('journal');
        platform.kill('journal');
      } finally {
        release();
        await holder.end();
      }
    },
  },
  {
    name: 'notifications killed between submission and receipt',
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
  {
    name: 'journal killed after its commit, before it answers',
    async breakIt({ platform }) {
      const release = platform.natsProxy.hold(/^parta-journal-rpc$/, 'out');
      const before = await platform.count('journal.changes');
      await eventually('the journal to commit', async () =>
        (await platform.count('journal.changes')) > before ? null : 'nothing',
      );
      platform.kill('journal');
      await pause(0.1);
      release();
    },
  },
  {
    name: 'curriculum killed in a projection',
    async breakIt(suite) {
      const { platform } = suite;
      const holder = await platform.connection();
      try {
        await holder.query('begin');
        await holder.query('lock table curriculum.study_groups in exclusive mode');
        await repeatFacts(suite, 'contingent', '%study-group%');
        await platform.untilBlocked('curriculum');
        platform.kill('curriculum');
      } finally {
        await holder.end();
      }
    },
  },
];

/** Publishes facts of a stream again under new ids, so that nothing but their versions tells that they are old. */
export async function repeatFacts(
  { platform }: Suite,
  producer: string,
  subjectLike: string,
  limit = 50,
): Promise<number> {
  const { manager, jetStream } = platform.bus;
  const stream = `EVT_${producer}`;
  const { state } = await manager.streams.info(stream);
  const wanted = new RegExp(subjectLike.replaceAll('%', '.*'));
  let count = 0;
  for (let seq = state.last_seq; seq >= state.first_seq && count < limit; seq -= 1) {
    const message = await manager.streams.getMessage(stream, { seq }).catch(() => null);
    if (!message || !wanted.test(message.subject)) continue;
    const envelope = message.json<Record<string, unknown>>();
    await jetStream.publish(message.subject, JSON.stringify({ ...envelope, id: crypto.randomUUID() }));
    count += 1;
  }
  return count;
}
