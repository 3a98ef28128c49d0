import { randomUUID } from 'node:crypto';
import { studentRecorded } from '@parta/contracts-contingent';
import { publishFact } from '@parta/platform-testing';
import { eventually } from '../eventually.js';
import type { Fault, FaultResult, Suite } from '../suite.js';

interface ParkedFact {
  service: string;
  consumer: string;
  aggregateId: string;
  reason: string;
}

/** A pupil whom nobody knew, and how each copy calls him. */
let newcomer = '';
const NEWCOMER_IN = {
  identity: 'select given_name as name from identity.people where person_id = $1',
  journal: 'select given_name as name from journal.students where id = $1',
  diary: `select split_part(name, ' ', 2) as name from diary.students where id = $1`,
  notifications: 'select given_name as name from notifications.students where id = $1',
  reporting: 'select given_name as name from reporting.students where id = $1',
};

/** The id of a fact that no stream takes. */
let tooLarge = '';

/** What is sound of the poisoned aggregate. */
let sound: Record<string, unknown> = {};

/** Facts that come twice, late, in another order, and broken. */
export const strangeFacts: Fault[] = [
  {
    name: 'facts repeated, backwards, with their ids and with new ones',
    isQuick: true,
    async breakIt(suite) {
      const { platform } = suite;
      // The first entries may not have been published yet.
      let rows: { subject: string; envelope: string }[] = [];
      await eventually('entries that were published', async () => {
        rows = await platform.rows(
          `select subject, envelope from journal.outbox where published_at is not null and subject like '%entries-recorded%'
           order by position desc limit 200`,
        );
        return rows.length > 0 ? null : 'none';
      });
      for (const { subject, envelope } of rows) await platform.bus.jetStream.publish(subject, envelope);
      const repeated = [
        rows.length,
        await repeatFacts(suite, 'journal', '%entries-recorded%', 200),
        await repeatFacts(suite, 'contingent', '%', 100),
      ];
      if (repeated.includes(0)) throw new Error(`facts repeated: ${repeated.join(', ')}`);
    },
  },
  {
    name: 'facts of which the later comes first',
    isQuick: true,
    async breakIt({ platform, quietSchool: { schoolId, classId } }) {
      newcomer = randomUUID();
      for (const [version, givenName] of [
        [3, 'Третье'],
        [1, 'Первое'],
        [2, 'Второе'],
      ] as const)
        await publishFact(
          platform.bus,
          studentRecorded,
          { schoolId, aggregateId: newcomer, version },
          {
            personId: newcomer,
            familyName: 'Опоздалов',
            givenName,
            middleName: null,
            username: null,
            email: null,
            phone: null,
            birthDate: null,
            sex: null,
            classId,
            guardianIds: [],
            enrolments: [],
            isActive: true,
          },
        );
    },
    lasts: 0,
    async check({ platform, stopped }) {
      for (const [service, query] of Object.entries(NEWCOMER_IN)) {
        if (stopped.includes(service)) continue;
        await eventually(`${service} to have the last name`, async () => {
          const names = (await platform.rows<{ name: string }>(query, [newcomer])).map(({ name }) => name);
          return names.join() === 'Третье' ? null : `it has ${names.join() || 'nobody'}`;
        });
      }
    },
  },
  {
    name: 'a poisoned fact, put aside and handled again',
    isQuick: true,
    async breakIt({ platform }) {
      const [row] = await platform.rows<{ subject: string; envelope: string }>(
        `select subject, envelope from journal.outbox where subject like '%entries-recorded%' order by position desc limit 1`,
      );
      // Of a lesson that nobody teaches, followed by a sound one, which has to wait behind it.
      sound = { ...(JSON.parse(row!.envelope) as object), aggregateId: crypto.randomUUID() };
      for (const data of [{ entries: 'poison' }, sound.data])
        await platform.bus.jetStream.publish(
          row!.subject,
          JSON.stringify({ ...sound, data, id: crypto.randomUUID() }),
        );
      await platform.bus.jetStream.publish(row!.subject, 'not even JSON');
    },
    mendIt: async (suite) => {
      const consumers = consumersOf(suite);
      await eventually('the facts to be put aside', async () => {
        const facts = await listed(suite);
        return facts.length >= 3 * consumers.length ? null : `${facts.length} are`;
      });
    },
    check: redriveAll,
  },
  {
    name: 'a fact larger than the bus takes, in the middle of others',
    isQuick: true,
    async breakIt({ platform, quietSchool: { schoolId } }) {
      tooLarge = randomUUID();
      // A command refuses such a fact; one that an older version has left in the outbox is met by the relay alone.
      await platform.rows(
        `insert into journal.outbox (id, subject, envelope)
         select $1::uuid, 'evt.journal.lesson.entries-recorded.v1.' || $2::text,
           json_build_object('id', $1::uuid, 'schoolId', $2::text, 'aggregateId', $1::uuid, 'data', repeat('x', $3::int))::text`,
        [tooLarge, schoolId, 2 * 2 ** 20],
      );
    },
    async check({ platform }, result) {
      await eventually('the fact to be put aside', async () => {
        const [row] = await platform.rows<{ parked: number; waiting: number }>(
          `select (select count(*)::int from journal.parked_facts where fact_id = $1) as parked,
             (select count(*)::int from journal.outbox where published_at is null) as waiting`,
          [tooLarge],
        );
        return row!.parked === 1 && row!.waiting === 0
          ? null
          : `${row!.parked} are put aside, ${row!.waiting} wait`;
      });
      const metrics = await (await fetch(`${platform.running.healthUrlOf('journal')}/metrics`)).text();
      if (!/^parta_dead_letters_total\{[^}]*consumer="outbox"[^}]*\} [1-9]/m.test(metrics))
        throw new Error('no metric says that a fact was put aside');
      result.parked = 1;
      await platform.rows('delete from journal.parked_facts where fact_id = $1', [tooLarge]);
    },
  },
];

/** Who hears of entries and runs. */
const consumersOf = ({ stopped }: Suite): string[] =>
  ['diary', 'notifications', 'reporting'].filter((name) => !stopped.includes(name));

async function listed({ platform, operatorToken }: Suite): Promise<ParkedFact[]> {
  const answer = await fetch(`${platform.url}/api/v1/operations/parked-facts`, {
    headers: { authorization: `Bearer ${operatorToken}` },
  });
  if (answer.status !== 200) throw new Error(`the list of parked facts was answered ${answer.status}`);
  return ((await answer.json()) as { facts: ParkedFact[] }).facts;
}

/** Removes the cause, here in the facts themselves, and handles through the API whatever the list shows. */
export async function redriveAll(suite: Suite, result: FaultResult): Promise<void> {
  const { platform } = suite;
  for (const service of consumersOf(suite))
    await platform.rows(`update ${service}.parked_facts set envelope = $1, school_id = $2`, [
      JSON.stringify(sound),
      sound.schoolId,
    ]);
  const facts = await listed(suite);
  result.parked = facts.length;
  const lanes = new Map(facts.map((fact) => [`${fact.consumer} ${fact.aggregateId}`, fact]));
  for (const { service, consumer, aggregateId, reason } of lanes.values()) {
    if (!reason) throw new Error('a fact was put aside without a reason');
    const answer = await fetch(`${platform.url}/api/v1/operations/parked-facts/redrive`, {
      method: 'POST',
      headers: { authorization: `Bearer ${suite.operatorToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ service, consumer, aggregateId }),
    });
    const body = (await answer.json()) as { handled?: number };
    if (answer.status !== 200 || !body.handled)
      throw new Error(`${service}: ${answer.status} ${JSON.stringify(body)}`);
    result.redriven += body.handled;
  }
}

/** Publishes facts of a stream again under new ids, so that nothing but their versions tells that they are old. */
async function repeatFacts(
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
