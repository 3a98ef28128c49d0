import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Turns } from '@parta/platform-messaging';
import { createLogger } from '@parta/platform-observability';
import { Database } from '@parta/platform-persistence';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from './database.js';
import { eventually } from './eventually.js';

const PATIENCE = { timeoutMs: 15_000 };

describe('turns of replicas', () => {
  let test: TestDatabase;
  let admin: Client;
  const databases: Database[] = [];
  const running: Turns[] = [];

  beforeAll(async () => {
    test = await createTestDatabase({ service: 'diary', migrations: [] });
    admin = new Client({ connectionString: test.adminUrl });
    await admin.connect();
  }, 60_000);

  afterEach(async () => {
    await Promise.all(running.splice(0).map((turns) => turns.stop()));
    await Promise.all(databases.splice(0).map((database) => database.close()));
  });

  afterAll(async () => {
    await admin?.end();
    await test?.drop();
  });

  /** A replica that has heard that the turn is its own, or not. */
  const replica = async (): Promise<{ isActive: boolean; turns: Turns }> => {
    const database = await Database.open({ service: 'diary', url: test.urls.diary!.runtime, entities: [] });
    databases.push(database);
    const state = { isActive: false, turns: undefined as unknown as Turns };
    const turn = {
      name: 'consumer:diary__journal',
      begin: () => Promise.resolve(void (state.isActive = true)),
      end: () => Promise.resolve(void (state.isActive = false)),
    };
    state.turns = new Turns([turn], database, createLogger('diary'));
    running.push(state.turns);
    state.turns.start();
    return state;
  };
  const sessions = async (): Promise<number[]> =>
    (
      await admin.query<{ pid: number }>(
        `select pid from pg_locks where locktype = 'advisory' and granted
         and database = (select oid from pg_database where datname = current_database())`,
      )
    ).rows.map(({ pid }) => pid);

  it('are one replica’s at a time, and the next one’s when it stops', async () => {
    const first = await replica();
    await eventually(() => Promise.resolve(expect(first.isActive).toBe(true)), PATIENCE);
    const second = await replica();
    const third = await replica();
    await eventually(async () => expect(await sessions()).toHaveLength(1), PATIENCE);
    expect([second.isActive, third.isActive]).toEqual([false, false]);
    await first.turns.stop();
    await eventually(
      () => Promise.resolve(expect([second.isActive, third.isActive].filter(Boolean)).toHaveLength(1)),
      PATIENCE,
    );
  }, 40_000);

  it('go on when their session is lost, or pass to another replica: never to nobody, and to one in the end', async () => {
    const both = [await replica(), await replica()];
    const active = (): number => both.filter((one) => one.isActive).length;
    await eventually(() => Promise.resolve(expect(active()).toBe(1)), PATIENCE);
    for (let i = 0; i < 3; i += 1) {
      const [lost] = await sessions();
      await admin.query('select pg_terminate_backend($1)', [lost]);
      await eventually(async () => {
        expect(active()).toBeGreaterThan(0);
        const [now] = await sessions();
        expect([undefined, lost]).not.toContain(now);
      }, PATIENCE);
      await eventually(() => Promise.resolve(expect(active()).toBe(1)), PATIENCE);
    }
  }, 60_000);
});
