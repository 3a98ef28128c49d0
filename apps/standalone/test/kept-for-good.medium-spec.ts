import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@parta/platform-testing';
import { Client } from 'pg';
import { migrationSets } from '../src/services.js';

/** What a service may do to the rows of a table, beside reading them; each with what is on record there. */
const ON_RECORD: readonly [table: string, rights: readonly string[], what: string][] = [
  ['identity.account_events', ['INSERT'], 'who did what to which account, and from where (R18)'],
  ['journal.changes', ['INSERT'], 'the history of marks, attendance and lessons'],
  ['journal.marks', ['INSERT', 'UPDATE'], 'marks; one that was wrong is annulled'],
  ['journal.cells', ['INSERT', 'UPDATE'], 'attendance'],
  ['journal.lessons', ['INSERT', 'UPDATE'], 'lessons held'],
  ['notifications.consents', ['INSERT'], 'who agreed to what, when and how (126-ФЗ)'],
];
const CHANGES = ['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'];

describe('what is on record cannot be taken back by the service that keeps it', () => {
  let database: TestDatabase;
  const runtime = new Map<string, Client>();

  beforeAll(async () => {
    database = await createTestDatabase(...migrationSets);
    for (const service of ['identity', 'journal', 'notifications']) {
      const client = new Client({ connectionString: database.urls[service]!.runtime });
      await client.connect();
      runtime.set(service, client);
    }
  }, 60_000);
  afterAll(async () => {
    for (const client of runtime.values()) await client.end();
    await database?.drop();
  });

  it.each(ON_RECORD)('%s: %j, since it holds %s', async (table, rights) => {
    const client = runtime.get(table.split('.')[0]!)!;
    const { rows } = await client.query<{ right: string }>(
      `select "right" from unnest($2::text[]) as "right" where has_table_privilege($1, "right")`,
      [table, CHANGES],
    );
    expect(rows.map((row) => row.right)).toEqual(rights);
    await expect(client.query(`delete from ${table}`)).rejects.toMatchObject({ code: '42501' });
    await expect(client.query(`truncate ${table}`)).rejects.toMatchObject({ code: '42501' });
    if (!rights.includes('UPDATE'))
      await expect(client.query(`update ${table} set id = id`)).rejects.toMatchObject({ code: '42501' });
  });

  it('nor may it give itself the right', async () => {
    for (const [table] of ON_RECORD) {
      const client = runtime.get(table.split('.')[0]!)!;
      await client.query(`grant delete on ${table} to current_user`).catch(() => undefined);
      await expect(client.query(`delete from ${table}`)).rejects.toMatchObject({ code: '42501' });
    }
  });
});
