import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Migration } from '@mikro-orm/migrations';
import { tidyPlatformTables } from '@parta/platform-messaging';
import { platformTables } from '@parta/platform-persistence';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from './database.js';

class PlatformTables extends Migration {
  override up(): void {
    for (const statement of platformTables('tidied')) this.addSql(statement);
  }
}

let database: TestDatabase;
/** as the service itself, which owns nothing */
let service: Client;

beforeAll(async () => {
  database = await createTestDatabase({ service: 'tidied', migrations: [PlatformTables] });
  service = new Client({ connectionString: database.urls['tidied']!.runtime });
  await service.connect();
});

afterAll(async () => {
  await service?.end();
  await database?.drop();
});

beforeEach(async () => {
  for (const table of ['outbox', 'inbox', 'answered_commands']) await service.query(`delete from ${table}`);
});

const publish = (count: number, daysAgo: number | null): Promise<unknown> =>
  service.query(
    `insert into outbox (id, subject, envelope, created_at, published_at)
     select gen_random_uuid(), 's', '{}', now() - interval '90 days', now() - $2 * interval '1 day' from generate_series(1, $1::int)`,
    [count, daysAgo],
  );

it('keeps published facts for a week, and what is not published whatever its age', async () => {
  await publish(1, 8);
  await publish(1, 6);
  await publish(1, null);
  expect(await tidyPlatformTables(service, 'tidied')).toMatchObject({ outbox: 1 });
  const { rows } = await service.query('select published_at is null as waits from outbox order by position');
  expect(rows).toEqual([{ waits: false }, { waits: true }]);
});

it('keeps heard facts and answered commands for two months', async () => {
  for (const days of [59, 61]) {
    await service.query(
      `insert into inbox (consumer, fact_id, handled_at) values ('c', gen_random_uuid(), now() - $1 * interval '1 day')`,
      [days],
    );
    await service.query(
      `insert into answered_commands (actor, key, operation, request_hash, answered_at)
       values ('a', $1::int::text, 'o', 'h', now() - $1::int * interval '1 day')`,
      [days],
    );
  }
  expect(await tidyPlatformTables(service, 'tidied')).toEqual({ outbox: 0, inbox: 1, answered_commands: 1 });
  expect((await service.query('select key from answered_commands')).rows).toEqual([{ key: '59' }]);
});

it('removes by small statements, and stops between them when the service does', async () => {
  await publish(12_000, 8);
  let asked = 0;
  expect(await tidyPlatformTables(service, 'tidied', () => (asked += 1) > 1)).toMatchObject({ outbox: 5000 });
  expect(await tidyPlatformTables(service, 'tidied')).toMatchObject({ outbox: 7000 });
});
