import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Migration } from '@mikro-orm/migrations';
import {
  Database,
  enableRowLevelSecurity,
  markedList,
  platformTables,
  replaceList,
  sql,
} from '@parta/platform-persistence';
import { createTestDatabase, type TestDatabase } from './database.js';

const SERVICE = 'lists';

class InitialSchema extends Migration {
  override up(): void {
    for (const statement of [
      ...platformTables(SERVICE),
      `create table places (school_id uuid not null, pupil text not null, class text not null, since date not null,
        primary key (school_id, pupil, class, since))`,
      `create table lessons (school_id uuid not null, id uuid not null, class text not null, date date not null, room text,
        is_removed boolean not null default false, topic text, primary key (school_id, id))`,
      ...['places', 'lessons'].flatMap((table) => enableRowLevelSecurity(SERVICE, table)),
    ])
      this.addSql(statement);
  }
}

describe('rows that belong to a record', () => {
  const [school_id, elsewhere] = [randomUUID(), randomUUID()];
  let test: TestDatabase;
  let database: Database;

  const inSchool = <T>(work: () => Promise<T>): Promise<T> =>
    database.write({ schools: [school_id, elsewhere] }, work);

  beforeAll(async () => {
    test = await createTestDatabase({ service: SERVICE, migrations: [InitialSchema] });
    database = await Database.open({ service: SERVICE, url: test.urls[SERVICE]!.runtime, entities: [] });
  }, 30_000);

  afterAll(async () => {
    await database?.close();
    await test?.drop();
  });

  it('are replaced, and nobody else’s with them', async () => {
    const place = (name: string, since = '2026-09-01') => ({ class: name, since });
    const told = (pupil: string, ...rows: object[]) =>
      inSchool(() => replaceList(database, 'places', { school_id, pupil }, rows as Record<string, string>[]));
    await told('Anna', place('7А'), place('7А'), place('7А algebra', '-infinity'));
    await told('Boris', place('7А'));
    await inSchool(() =>
      replaceList(database, 'places', { school_id: elsewhere, pupil: 'Anna' }, [place('1Б')]),
    );
    const placesOf = async (pupil: string) =>
      (
        await inSchool(() =>
          database.rows<{ place: string }>(
            sql`select class || ' ' || since as place from places where pupil = ${pupil} order by 1`,
          ),
        )
      ).map((row) => row.place);
    expect(await placesOf('Anna')).toEqual(['1Б 2026-09-01', '7А 2026-09-01', '7А algebra -infinity']);
    await told('Anna', place('7Б'));
    expect(await placesOf('Anna')).toEqual(['1Б 2026-09-01', '7Б 2026-09-01']);
    await told('Anna');
    expect(await placesOf('Anna')).toEqual(['1Б 2026-09-01']);
    expect(await placesOf('Boris')).toEqual(['7А 2026-09-01']);
  });

  it('stay with what else is known of them, marked, when the list must not forget', async () => {
    const lesson = (id: string, date: string, room: string | null = null) => ({ id, date, room });
    const [one, two, foreign] = [randomUUID(), randomUUID(), randomUUID()];
    const told = (name: string, ...rows: { id: string }[]) =>
      inSchool(() => markedList(database, 'lessons', { school_id, class: name }, rows));
    const lessons = () =>
      inSchool(() =>
        database.rows<object>(
          sql`select id, to_char(date, 'DD.MM') as date, room, is_removed as gone, topic from lessons where class = '7А' order by date`,
        ),
      );
    await told('7Б', lesson(foreign, '2026-11-20'));
    await told('7А', lesson(one, '2026-11-20', '12'), lesson(two, '2026-11-23'));
    await inSchool(() => database.run(sql`update lessons set topic = 'Powers' where id = ${one}`));
    await told('7А', lesson(two, '2026-11-24', '14'));
    expect(await lessons()).toEqual([
      { id: one, date: '20.11', room: '12', gone: true, topic: 'Powers' },
      { id: two, date: '24.11', room: '14', gone: false, topic: null },
    ]);
    await told('7А', lesson(one, '2026-11-25'));
    expect(await lessons()).toEqual([
      { id: two, date: '24.11', room: '14', gone: true, topic: null },
      { id: one, date: '25.11', room: null, gone: false, topic: 'Powers' },
    ]);
    await told('7А');
    expect(await lessons()).toMatchObject([{ gone: true }, { gone: true }]);
    const others = await inSchool(() =>
      database.rows(sql`select id from lessons where class = '7Б' and not is_removed`),
    );
    expect(others).toEqual([{ id: foreign }]);
  });
});
