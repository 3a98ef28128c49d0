import { eventually } from '../eventually.js';
import type { Platform } from '../platform.js';
import type { Fault } from '../suite.js';
import {
  answersOf,
  factsOf,
  holdBeforeCommit,
  killWhileItWaitsFor,
  killWithWhatIsHeld,
  lockOf,
} from './kill-steps.js';

/** What a command writes last, whatever it does. */
const keyOf = (service: string) => ({
  table: `${service}.answered_commands`,
  statement: 'insert into%answered_commands%',
  mark: 'count(*)',
});

/** Who answers commands and publishes facts; what a command writes last, how, and by what its commit is seen. */
const PRODUCERS = {
  journal: keyOf('journal'),
  contingent: keyOf('contingent'),
  curriculum: keyOf('curriculum'),
  // Renewing a session keeps no key.
  identity: { table: 'identity.sessions', statement: 'update%sessions%', mark: 'max(rotated_at)' },
};

type Producer = keyof typeof PRODUCERS;

const INTO_OUTBOX = 'insert into%outbox%';

const unpublished = (platform: Platform, service: string): Promise<number> =>
  platform.count(`${service}.outbox`, 'published_at is null');

const publishedBy = async ({ bus }: Platform, service: string): Promise<number> =>
  (await bus.manager.streams.info(`EVT_${service}`)).state.last_seq;

/** Has facts committed that cannot leave. @returns lets them leave */
async function holdFacts(platform: Platform, service: Producer): Promise<() => void> {
  const table = `${service}.outbox`;
  const release = await holdBeforeCommit(platform, service, table, INTO_OUTBOX, factsOf(service));
  await eventually('facts to wait in the outbox', async () =>
    (await unpublished(platform, service)) >= 1 ? null : 'none does',
  );
  return release;
}

const beforeCommit = (service: Producer): Fault => ({
  name: `${service} killed before its commit`,
  breakIt: ({ platform }) => killWhileItWaitsFor(platform, service, lockOf(`${service}.outbox`), INTO_OUTBOX),
});

const beforePublishing = (service: Producer): Fault => ({
  name: `${service} killed after its commit, before it publishes`,
  isQuick: service === 'journal',
  async breakIt({ platform }) {
    const release = await holdFacts(platform, service);
    try {
      const before = await publishedBy(platform, service);
      killWithWhatIsHeld(platform, service, factsOf(service));
      const after = await publishedBy(platform, service);
      if (after !== before) throw new Error(`${after - before} facts were published all the same`);
    } finally {
      release();
    }
  },
});

const beforeNoting = (service: Producer): Fault => ({
  name: `${service} killed after it publishes, before it notes so`,
  async breakIt({ platform }) {
    const release = await holdFacts(platform, service);
    const holder = await platform.connection();
    try {
      const before = await publishedBy(platform, service);
      await holder.query('begin');
      await holder.query(`select 1 from ${service}.outbox where published_at is null for update`);
      release();
      await platform.untilBlocked(service, 'update%outbox%');
      if ((await publishedBy(platform, service)) === before) throw new Error('nothing was published');
      platform.kill(service);
    } finally {
      release();
      await holder.end();
    }
  },
});

const beforeAnswering = (service: Producer): Fault => {
  const { table, statement, mark } = PRODUCERS[service];
  const committed = async (platform: Platform): Promise<string | undefined> =>
    (await platform.rows<{ mark: string }>(`select ${mark}::text as mark from ${table}`))[0]?.mark;
  return {
    name: `${service} killed after its commit, before it answers`,
    isQuick: service === 'curriculum',
    async breakIt({ platform }) {
      let before: string | undefined;
      const release = await holdBeforeCommit(
        platform,
        service,
        table,
        statement,
        answersOf(service),
        async () => void (before = await committed(platform)),
      );
      try {
        await eventually(`${service} to commit`, async () =>
          (await committed(platform)) === before ? 'nothing' : null,
        );
        killWithWhatIsHeld(platform, service, answersOf(service));
      } finally {
        release();
      }
    },
  };
};

const producers = Object.keys(PRODUCERS) as Producer[];

/** Step by step, so that a service comes up again after others have. */
export const killedProducers: readonly (readonly Fault[])[] = [
  beforeCommit,
  beforePublishing,
  beforeAnswering,
  beforeNoting,
].map((step) => producers.map(step));
