import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '@parta/platform-persistence';
import { createTestDatabase, type TestDatabase } from '@parta/platform-testing';
import { Client } from 'pg';
import { notificationsMigrations } from '../notifications.js';
import { NotificationsLowMarksApart } from './low-marks-apart.js';

const { migrations } = notificationsMigrations;
const before = migrations.slice(0, migrations.indexOf(NotificationsLowMarksApart));

describe('the choice of low marks after the upgrade', () => {
  let test: TestDatabase;
  let admin: Client;
  beforeAll(async () => {
    test = await createTestDatabase({ ...notificationsMigrations, migrations: before });
    admin = new Client({ connectionString: test.adminUrl });
    await admin.connect();
  }, 60_000);
  afterAll(async () => {
    await admin?.end();
    await test?.drop();
  });

  it('is that of marks where there was none, and stays as it is where there was one', async () => {
    const [schoolId, studentId, undecided, decided] = [1, 2, 3, 4].map(() => randomUUID());
    const choose = (person: string, kind: string, channel: string, delivery: string) =>
      admin.query('insert into notifications.choices values ($1, $2, $3, $4, $5, $6)', [
        schoolId,
        person,
        studentId,
        kind,
        channel,
        delivery,
      ]);
    await choose(undecided!, 'mark', 'sms', 'evening');
    await choose(undecided!, 'mark', 'email', 'immediate');
    await choose(decided!, 'mark', 'sms', 'evening');
    await choose(decided!, 'low-mark', 'email', 'immediate');
    await migrate(test.urls.notifications!.owner, notificationsMigrations);
    const { rows } = await admin.query<{ row: string }>(
      `select concat_ws(' ', case person_id when $1 then 'undecided' else 'decided' end, channel, delivery) as row
       from notifications.choices where kind = 'low-mark' order by row`,
      [undecided],
    );
    expect(rows.map(({ row }) => row)).toEqual([
      'decided email immediate',
      'undecided email immediate',
      'undecided sms evening',
    ]);
    const { rows: forced } = await admin.query(
      `select relforcerowsecurity as forced from pg_class where oid = 'notifications.choices'::regclass`,
    );
    expect(forced).toEqual([{ forced: true }]);
  });
});
