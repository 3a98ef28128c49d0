import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@parta/platform-testing';
import { Client } from 'pg';
import { migrationSets } from '../src/services.js';
import { breachesOf, tablesOf, type KeyedTable } from './school-keys.js';
import { PLATFORM_TABLES, TABLES_OF_NO_SCHOOL } from './tables-of-no-school.js';

const REFERENCES = Object.entries(TABLES_OF_NO_SCHOOL)
  .filter(([, { citus }]) => citus === 'reference')
  .map(([name]) => name);
const isOfNoSchool = ({ name, table }: KeyedTable): boolean =>
  Object.hasOwn(PLATFORM_TABLES, table) || Object.hasOwn(TABLES_OF_NO_SCHOOL, name);

describe("every service's keys lead with the school", () => {
  let database: TestDatabase;
  let admin: Client;
  let tables: KeyedTable[];

  beforeAll(async () => {
    database = await createTestDatabase(...migrationSets);
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    tables = await tablesOf(
      admin,
      migrationSets.map((set) => set.service),
    );
  }, 60_000);

  afterAll(async () => {
    await admin?.end();
    await database?.drop();
  });

  it('in every table that is a school’s', async () => {
    const refused: string[] = [];
    for (const table of tables.filter((one) => !isOfNoSchool(one)))
      for (const breach of await breachesOf(admin, table, REFERENCES))
        refused.push(`${table.name}: ${breach}`);
    expect(refused).toEqual([]);
    expect(tables.filter((one) => !isOfNoSchool(one)).length).toBeGreaterThan(60);
  });

  it('so that PostgreSQL itself takes them partitioned by school', async () => {
    await admin.query('create schema by_school');
    for (const { name, schema, table } of tables.filter((one) => !isOfNoSchool(one)))
      await admin
        .query(
          `create table by_school."${schema}_${table}" (like "${schema}"."${table}" including all) partition by hash (school_id)`,
        )
        .catch((error: Error) => {
          throw new Error(`${name}: ${error.message}`);
        });
  });

  it('with no exception for a table that needs none, or is not there', async () => {
    const names = tables.map((one) => one.name);
    expect(Object.keys(TABLES_OF_NO_SCHOOL).filter((name) => !names.includes(name))).toEqual([]);
    const needless: string[] = [];
    for (const table of tables.filter(isOfNoSchool))
      if ((await breachesOf(admin, table, REFERENCES)).length === 0) needless.push(table.name);
    expect(needless).toEqual([]);
  });

  it.each([
    ['create table journal.bad (id uuid primary key)', 'has no school_id'],
    ['create table journal.bad (id uuid primary key, school_id uuid not null)', 'journal.bad_pkey does not'],
    ['create table journal.bad (school_id uuid not null)', 'has no primary key'],
    [
      'create table journal.bad (school_id uuid, id uuid, mark_id uuid, primary key (school_id, id), unique (mark_id))',
      'journal.bad_mark_id_key does not',
    ],
    [
      `create table journal.good (school_id uuid primary key, id uuid unique);
       create table journal.bad (school_id uuid primary key, id uuid references journal.good (id))`,
      'bad_id_fkey leads to another school',
    ],
  ])('and refuses %s', async (statement, breach) => {
    await admin.query('begin');
    await admin.query(statement);
    expect(await breachesOf(admin, { schema: 'journal', table: 'bad' }, [])).toEqual(
      expect.arrayContaining([expect.stringContaining(breach)]),
    );
    await admin.query('rollback');
  });
});
