import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, isTransient, sql, type SqlFragment } from '@parta/platform-persistence';
import { createTestDatabase, type TestDatabase } from './database.js';

/** A meeting of so many. */
function meetingOf(count: number): () => Promise<void> {
  let open!: () => void;
  const everybody = new Promise<void>((resolve) => (open = resolve));
  return () => {
    count -= 1;
    if (count === 0) open();
    return everybody;
  };
}

describe('two units of work that wait for each other', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await createTestDatabase({ service: 'diary', migrations: [] });
    database = await Database.open({ service: 'diary', url: test.urls.diary!.runtime, entities: [] });
  }, 60_000);

  afterAll(async () => {
    await database?.close();
    await test?.drop();
  });

  const take = (lock: number): SqlFragment => sql`select pg_advisory_xact_lock(${lock})`;

  /** Takes one lock and, once the other unit has one too, the second; each is told how. */
  async function bothTake(second: (lock: number) => Promise<unknown>): Promise<PromiseSettledResult<void>[]> {
    const bothHaveOne = meetingOf(2);
    return Promise.allSettled(
      [
        [1, 2],
        [2, 1],
      ].map(([mine, other]) =>
        database.write({ schools: [] }, async () => {
          await database.rows(take(mine!));
          await bothHaveOne();
          await second(other!);
        }),
      ),
    );
  }

  const expectOneDeadlock = (units: PromiseSettledResult<void>[]): void => {
    expect(units.filter((unit) => unit.status === 'fulfilled')).toHaveLength(1);
    const [failed] = units.filter((unit) => unit.status === 'rejected');
    expect(failed!.reason).toMatchObject({ code: '40P01' });
    expect(isTransient(failed!.reason)).toBe(true);
  };

  it('are ended by one of them, which is told of the deadlock', async () => {
    expectOneDeadlock(await bothTake((lock) => database.rows(take(lock))));
  });

  it('nobody waits for the statement that meets it: the commit tells', async () => {
    expectOneDeadlock(await bothTake((lock) => Promise.resolve(database.send(take(lock)))));
  });

  it('the statement after it is waited for: it is the deadlock that is told, not the statement skipped', async () => {
    expectOneDeadlock(
      await bothTake((lock) => {
        database.send(take(lock));
        return database.rows(sql`select 1 as one`);
      }),
    );
  });
});
