import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '@parta/platform-persistence';
import { createTestDatabase, type TestDatabase } from '@parta/platform-testing';
import { Client } from 'pg';
import { notificationsMigrations } from '../notifications.js';
import { NotificationsSettings } from '../notifications.settings.js';
import { Retention } from './retention.js';

const NOW = new Date('2026-11-20T22:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;

describe('what is kept, and for how long', () => {
  let test: TestDatabase;
  let database: Database;
  let admin: Client;
  let retention: Retention;
  let schoolId: string;

  beforeAll(async () => {
    test = await createTestDatabase(notificationsMigrations);
    const service = 'notifications';
    database = await Database.open({ service, url: test.urls.notifications!.runtime, entities: [] });
    admin = new Client({ connectionString: test.adminUrl });
    await admin.connect();
    await admin.query('set search_path to notifications');
    retention = new Retention(database, new NotificationsSettings({}));
  }, 60_000);
  afterAll(async () => {
    await admin?.end();
    await database?.close();
    await test?.drop();
  });
  beforeEach(() => {
    schoolId = randomUUID();
  });

  const ago = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);
  /** A message with a notice, a part and, while it waits, a place in the queue. */
  const message = async (days: number, state = 'delivered', usefulUntil = ago(days - 1)): Promise<string> => {
    const id = randomUUID();
    await admin.query(
      `insert into messages (school_id, id, person_id, channel, kind, key, address, state, due_at, useful_until, created_at,
         subject, text, html)
       values ($1, $2, $2, 'sms', 'notice', 'k', '+70000000000', $3, $4, $5, $4, 's', 't', 'h')`,
      [schoolId, id, state, ago(days), usefulUntil],
    );
    await admin.query(
      `insert into notices (school_id, id, message_id, person_id, channel, student_id, kind, subject_key, event_key, content,
         occurred_at) values ($1, $2, $2, $2, 'sms', $2, 'mark', 's', 'e', '{}', $3)`,
      [schoolId, id, ago(days)],
    );
    await admin.query(
      `insert into sms_parts (message_id, part, school_id, provider_id, address_hash, submitted_at)
       values ($1::uuid, 1, $2, $1::text, 'h', $3)`,
      [id, schoolId, ago(days)],
    );
    if (['waiting', 'sending'].includes(state))
      await admin.query(
        `insert into queue (message_id, school_id, channel, due_at) values ($1, $2, 'sms', $3)`,
        [id, schoolId, ago(days)],
      );
    return id;
  };
  const ids = async (table: string, column = 'message_id'): Promise<string[]> =>
    (
      await admin.query(`select ${column}::text as id from ${table} where school_id = $1`, [schoolId])
    ).rows.map((row) => row.id as string);
  const texts = async (): Promise<Record<string, string[]>> =>
    Object.fromEntries(
      (
        await admin.query('select id, subject, text, html from messages where school_id = $1', [schoolId])
      ).rows.map(({ id, subject, text, html }) => [id, [subject, text, html]]),
    );

  it('what messages say for ninety days, the log for four hundred, with all that hangs on it', async () => {
    const [gone, emptied, whole] = [await message(401), await message(91), await message(89)];
    expect(await retention.tidySchool(schoolId, NOW)).toBe(2);
    expect(await texts()).toEqual({ [emptied]: [null, null, null], [whole]: ['s', 't', 'h'] });
    for (const table of ['notices', 'sms_parts']) {
      expect(await ids(table)).toEqual(expect.arrayContaining([emptied, whole]));
      expect(await ids(table)).not.toContain(gone);
    }
    expect(await retention.tidySchool(schoolId, NOW)).toBe(0);
  });

  it('what is being sent, or sent again, however old; not what could never leave', async () => {
    const sending = await message(500, 'sending');
    const again = await message(500, 'waiting', new Date(NOW.getTime() + DAY_MS));
    await message(500, 'waiting');
    await retention.tidySchool(schoolId, NOW);
    expect(Object.values(await texts())).toEqual([
      ['s', 't', 'h'],
      ['s', 't', 'h'],
    ]);
    for (const [table, column] of [['messages', 'id'], ['queue'], ['notices']] as const)
      expect((await ids(table, column)).sort()).toEqual([sending, again].sort());
  });

  it('as the installation says', async () => {
    const [gone, emptied, whole] = [await message(21), await message(8), await message(6)];
    const keep = { textDays: 7, messageDays: 20 };
    await new Retention(database, new NotificationsSettings({ keep })).tidySchool(schoolId, NOW);
    expect(await texts()).toEqual({ [emptied]: [null, null, null], [whole]: ['s', 't', 'h'] });
    expect(await ids('notices')).not.toContain(gone);
  });

  it('of another school everything', async () => {
    await message(401);
    const own = schoolId;
    await retention.tidySchool(randomUUID(), NOW);
    schoolId = own;
    expect(await ids('messages', 'id')).toHaveLength(1);
    expect(await ids('notices')).toHaveLength(1);
  });

  it('of thousands of old rows none, a batch at a time', async () => {
    await admin.query(
      `insert into messages (school_id, id, person_id, channel, kind, key, address, state, due_at, useful_until, created_at)
       select $1, gen_random_uuid(), gen_random_uuid(), 'sms', 'notice', 'k', '+70000000000', 'delivered', $2, $2, $2
       from generate_series(1, 1200)`,
      [schoolId, ago(401)],
    );
    expect(await retention.tidySchool(schoolId, NOW)).toBe(1200);
    expect(await ids('messages', 'id')).toEqual([]);
  });

  it('codes for a day after they run out', async () => {
    for (const days of [0.9, 1.1])
      await admin.query(
        `insert into contact_codes (school_id, id, person_id, channel, address, code_hash, created_at, expires_at)
         values ($1, gen_random_uuid(), $1, 'sms', $2, 'h', $3, $3)`,
        [schoolId, String(days), ago(days)],
      );
    await retention.tidySchool(schoolId, NOW);
    expect(await ids('contact_codes', 'address')).toEqual(['0.9']);
    for (const days of [0.9, 1.1])
      await admin.query(
        `insert into codes_sent (address_hash, code_id, sent_at) values ($1, gen_random_uuid(), $2)`,
        [`${schoolId} ${days}`, ago(days)],
      );
    await retention.tidyAcrossSchools(NOW);
    const { rows } = await admin.query(
      `select split_part(address_hash, ' ', 2) as days from codes_sent where address_hash like $1`,
      [`${schoolId} %`],
    );
    expect(rows).toEqual([{ days: '0.9' }]);
  });

  it('versions until their facts are too old to be heeded, what a lesson was as long as the log', async () => {
    for (const [id, days, content] of [
      ['a mark of this week', 6, null],
      ['a mark of last week', 7, null],
      ['a lesson of last year', 399, '[]'],
      ['a lesson before that', 401, '[]'],
    ])
      await admin.query(
        `insert into known_versions (school_id, aggregate_id, version, content, age_from) values ($1, $2, 1, $3, $4)`,
        [schoolId, id, content, ago(days as number)],
      );
    await retention.tidySchool(schoolId, NOW);
    expect((await ids('known_versions', 'aggregate_id')).sort()).toEqual([
      'a lesson of last year',
      'a mark of this week',
    ]);
  });

  it('ids of short messages for a month, receipts of nobody’s for a week', async () => {
    const [kept] = [await message(29), await message(31)];
    for (const days of [6, 8])
      await admin.query(
        `insert into early_receipts (provider_id, address_hash, state, received_at) values ($1, $2, 'DELIVRD', $3)`,
        [String(days), schoolId, ago(days)],
      );
    await retention.tidyAcrossSchools(NOW);
    expect(await ids('sms_parts')).toEqual([kept]);
    const { rows } = await admin.query('select provider_id from early_receipts where address_hash = $1', [
      schoolId,
    ]);
    expect(rows).toEqual([{ provider_id: '6' }]);
  });

  it('is tidied in the school’s own night', async () => {
    const [samara, vladivostok] = [randomUUID(), randomUUID()];
    for (const [id, zone] of [
      [samara, 'Europe/Samara'],
      [vladivostok, 'Asia/Vladivostok'],
    ])
      await admin.query(
        `insert into schools (school_id, name, time_zone, version) values ($1, 'Школа', $2, 1)`,
        [id, zone],
      );
    expect(await retention.schoolsAt(3, new Date('2026-11-20T23:40:00Z'))).toEqual([samara]);
    expect(await retention.schoolsAt(3, new Date('2026-11-20T17:00:00Z'))).toEqual([vladivostok]);
  });
});
