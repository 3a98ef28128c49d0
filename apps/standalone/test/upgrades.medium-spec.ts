import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '@parta/platform-persistence';
import { createTestDatabase, type TestDatabase } from '@parta/platform-testing';
import { Client } from 'pg';
import { migrationSets } from '../src/services.js';
import { brokenPromises, promisesOf } from './schema-promises.js';

describe('a migration leaves what the version before needs, which runs on meanwhile', () => {
  let database: TestDatabase;
  let admin: Client;

  beforeAll(async () => {
    database = await createTestDatabase(
      ...migrationSets.map((set) => ({ ...set, migrations: set.migrations.slice(0, 1) })),
    );
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
  }, 60_000);

  afterAll(async () => {
    await admin?.end();
    await database?.drop();
  });

  it.each(migrationSets.map((set) => [set.service, set] as const))(
    'in %s',
    async (service, set) => {
      const broken: string[] = [];
      for (let count = 2; count <= set.migrations.length; count += 1) {
        const before = await promisesOf(admin, service);
        await migrate(database.urls[service]!.owner, { ...set, migrations: set.migrations.slice(0, count) });
        const after = await promisesOf(admin, service);
        for (const promise of brokenPromises(before, after))
          broken.push(`${set.migrations[count - 1]!.name}: ${promise}`);
      }
      expect(broken).toEqual([]);
    },
    30_000,
  );

  it.each([
    ['alter table diary.marks drop column weight', 'diary.marks.weight is gone'],
    ['alter table diary.marks rename to grades', 'diary.marks is gone'],
    ['alter table diary.marks alter column weight type text', 'diary.marks.weight is something else'],
    ['alter table diary.marks add column why text not null', 'diary.marks.why cannot be left out'],
    [
      'alter table diary.students alter column class_id set not null',
      'diary.students.class_id cannot be left out',
    ],
    [
      'alter table diary.marks add check (weight > 0)',
      'a new rule: diary.marks CHECK ((weight > (0)::numeric))',
    ],
    [
      'create unique index one_mark on diary.marks (school_id, lesson_id, student_id)',
      'a new rule: diary.marks unique diary.one_mark',
    ],
    ['drop function identity.grants_of(uuid, uuid)', 'identity.grants_of(uuid,uuid) is gone'],
  ])('and is refused when it says: %s', async (statement, promise) => {
    const schema = /identity|diary/.exec(statement)![0];
    const before = await promisesOf(admin, schema);
    await admin.query('begin');
    await admin.query(statement);
    expect(brokenPromises(before, await promisesOf(admin, schema))).toContain(promise);
    await admin.query('rollback');
  });

  it.each([
    'alter table diary.marks add column why text',
    `alter table diary.marks add column why text not null default ''`,
    'create table diary.notes (school_id uuid not null, id uuid not null, primary key (school_id, id))',
    'alter table diary.marks alter column weight drop not null',
    'create index marks_by_weight on diary.marks (school_id, weight)',
  ])('and may say: %s', async (statement) => {
    const before = await promisesOf(admin, 'diary');
    await admin.query('begin');
    await admin.query(statement);
    expect(brokenPromises(before, await promisesOf(admin, 'diary'))).toEqual([]);
    await admin.query('rollback');
  });
});
