import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fieldsOf, subjectOf, type Fact } from '@parta/platform-contract';
import { startService, type RunningService, type ServiceDefinition } from '@parta/platform-rpc';
import { eventually, openTestBed, TestClock, type TestBed } from '@parta/platform-testing';
import { v7 as uuidv7 } from 'uuid';
import { factsOnTheirWay } from '../src/backlog.js';
import { migrationSets, services } from '../src/services.js';
import { storyIds, storyOf, type Life } from './facts/story.js';

/** What the platform keeps beside a service's own rows. */
const PLATFORM_TABLES = ['outbox', 'inbox', 'parked_facts', 'answered_commands', 'migrations'];
/** When a row was written says nothing of what it says; the id of a grant is made of the school's. */
const OF_NO_MATTER = ['updated_at', 'created_at', 'recorded_at', 'seen_at', 'grant_id'];
/** What a service makes up itself: how often it has told of its own record, ids of what it gives each school. */
const OWN: Record<string, string[]> = {
  'curriculum.school_years': ['version'],
  'journal.work_types': ['id'],
};
const OCCURRED_AT = '2026-09-14T05:00:00.000Z';
const counted = { pairs: 0, told: 0, parked: 0, rows: 0 };

interface Reacting {
  definition: ServiceDefinition;
  facts: Fact[];
}

/** Reactions say which facts they are to; what they would do is not asked for here. */
function reactingTo(definition: ServiceDefinition): Fact[] {
  const anything: unknown = new Proxy(() => undefined, { get: () => anything, apply: () => anything });
  const found = definition.subscriptions?.((() => anything) as never) ?? [];
  return [...new Set(found.map(({ fact }) => fact))];
}

const consumers: Reacting[] = services({
  secrets: { signingKey: {} } as never,
  firstOperator: { login: 'operator', password: 'first password' },
  timeZone: 'UTC',
})
  .map((definition) => ({ definition, facts: reactingTo(definition) }))
  .filter(({ facts }) => facts.length > 0);

const named = (...names: string[]) => consumers.filter(({ definition }) => names.includes(definition.name));

it('tells every fact that somebody hears, in several versions', () => {
  const told = new Set(storyOf(uuidv7(), storyIds()).map(([first]) => first!.fact.type));
  const heard = new Set(consumers.flatMap(({ facts }) => facts.map(({ type }) => type)));
  expect([...heard].filter((type) => !told.has(type))).toEqual([]);
});

/*
 * Two beds: curriculum tells of what it hears from contingent, and the others would hear of it beside the story's own.
 */
describe.each([
  ['who hears contingent alone', ['contingent'], named('identity', 'curriculum')],
  [
    'who hears the others too',
    ['contingent', 'curriculum', 'journal'],
    named('journal', 'diary', 'notifications', 'reporting'),
  ],
])('%s', (_, producers, heard) => {
  const id = storyIds();
  const [inOrder, disturbed] = [uuidv7(), uuidv7()];
  const running: RunningService[] = [];
  let bed: TestBed;
  let before: Record<string, string[]>;

  beforeAll(async () => {
    bed = await openTestBed(migrationSets);
    const definitions = services({
      secrets: { signingKey: bed.keys.privateJwk } as never,
      firstOperator: { login: 'operator', password: 'first password' },
      timeZone: 'UTC',
    });
    for (const producer of producers) await bed.bus.ensureStream(producer);
    const clock = new TestClock(new Date(OCCURRED_AT));
    for (const definition of definitions.filter(({ name }) =>
      heard.some((one) => one.definition.name === name),
    ))
      running.push(await startService(definition, { ...bed.surroundingsOf(definition.name), clock }));

    const lives = storyOf(inOrder, id);
    const longest = Math.max(...lives.map((life) => life.length));
    for (let version = 1; version <= longest; version += 1)
      for (const life of lives) await tell(inOrder, life, version);
    await allHandled();
    before = await rowsOf(inOrder);

    const others = storyOf(disturbed, id);
    // The newest first, each twice, what a record hangs on after it; then everything once more, late, the oldest last.
    for (const life of others.toReversed()) {
      for (let version = life.length; version >= 1; version -= 1) await tell(disturbed, life, version, 2);
      await poison(life);
    }
    for (const life of others)
      for (let version = life.length; version >= 1; version -= 1) await tell(disturbed, life, version);
    await allHandled();
    counted.pairs += heard.reduce((sum, { facts }) => sum + facts.length, 0);
  }, 180_000);

  afterAll(async () => {
    for (const service of running) await service.stop();
    await bed?.close();
  }, 60_000);

  /** As its producer would; each life says its record's version. */
  async function tell(schoolId: string, life: Life, version: number, times = 1): Promise<void> {
    const told = life[version - 1];
    if (told && producers.includes(told.fact.service))
      await publish(told.fact, schoolId, told.aggregateId, version, told.data, times);
  }

  /** One that no consumer can make sense of, and one that is larger than its contract lets it be. */
  async function poison([first]: Life): Promise<void> {
    const { fact, data } = first!;
    if (!producers.includes(fact.service)) return;
    const list = fieldsOf(fact.data).find((field) => field.list);
    await publish(fact, disturbed, uuidv7(), 1, { nothing: 'of what it should say' });
    if (!list) return;
    const many = Array.from({ length: 25_000 }, () => ({}));
    await publish(fact, disturbed, uuidv7(), 1, { ...data, [list.name]: many });
  }

  async function publish(
    fact: Fact,
    schoolId: string,
    aggregateId: string,
    version: number,
    data: object,
    times = 1,
  ): Promise<void> {
    const id = uuidv7();
    const envelope = {
      id,
      type: fact.type,
      version: fact.version,
      source: fact.service,
      schoolId,
      aggregateId,
      aggregateVersion: version,
      occurredAt: OCCURRED_AT,
      actor: null,
      correlationId: id,
      causationId: null,
      data,
    };
    for (let time = 0; time < times; time += 1)
      // The machine may have other things to write to its disk.
      await bed.bus.jetStream.publish(subjectOf(fact.type, schoolId), JSON.stringify(envelope), {
        timeout: 30_000,
      });
    counted.told += times;
  }

  const allHandled = () =>
    eventually(
      async () => {
        const left = await factsOnTheirWay(bed.database.adminUrl, bed.natsUrl);
        if (left > 0) throw new Error(`${left} facts on their way`);
      },
      { timeoutMs: 90_000 },
    );

  /** What each table holds of a school, without the school's own id. */
  async function rowsOf(schoolId: string): Promise<Record<string, string[]>> {
    const names = heard.map(({ definition }) => definition.name);
    const { rows: tables } = await bed.admin.query<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.columns
       where column_name = 'school_id' and table_schema = any ($1) and table_name <> all ($2)`,
      [names, PLATFORM_TABLES],
    );
    const all: Record<string, string[]> = {};
    for (const { schema, name } of tables) {
      const { rows } = await bed.admin.query<{ row: string }>(
        `select replace((to_jsonb(t) - $2::text[])::text, $1::text, 'SCHOOL') as row
         from "${schema}"."${name}" t where school_id = $1::uuid order by 1`,
        [schoolId, [...OF_NO_MATTER, ...(OWN[`${schema}.${name}`] ?? [])]],
      );
      all[`${schema}.${name}`] = rows.map(({ row }) => row).sort();
    }
    return all;
  }

  it('keeps of facts that come twice, late, in any order, with others’ ids, what it keeps of them in order', async () => {
    const kept = await rowsOf(disturbed);
    counted.rows += Object.values(kept).flat().length;
    expect(Object.values(kept).flat().length).toBeGreaterThan(10);
    expect(kept).toEqual(before);
  });

  it('leaves the other school’s rows as they were', async () => {
    expect(await rowsOf(inOrder)).toEqual(before);
  });

  it.each(heard.map(({ definition, facts }) => [definition.name, facts] as const))(
    '%s puts aside what it cannot make sense of, and nothing else',
    async (name, facts) => {
      const { rows } = await bed.admin.query<{ type: string; school: string }>(
        `select envelope::jsonb->>'type' as type, envelope::jsonb->>'schoolId' as school from "${name}".parked_facts`,
      );
      const expected = facts.filter(({ service }) => producers.includes(service)).map(({ type }) => type);
      expect([...new Set(rows.map(({ type }) => type))].sort()).toEqual([...expected].sort());
      expect(new Set(rows.map(({ school }) => school))).toEqual(new Set([disturbed]));
      counted.parked += rows.length;
    },
  );
});

afterAll(() => {
  process.stdout.write(
    `Counted: facts and consumers: ${counted.pairs} pairs, ${counted.told} facts told, ${counted.parked} put aside, ${counted.rows} equal rows\n`,
  );
});
