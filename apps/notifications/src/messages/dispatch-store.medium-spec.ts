import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Metrics } from '@parta/platform-observability';
import { Database } from '@parta/platform-persistence';
import { createTestDatabase, type TestDatabase } from '@parta/platform-testing';
import { Client } from 'pg';
import { notificationsMigrations } from '../notifications.js';
import { NotificationsSettings } from '../notifications.settings.js';
import { SmsReceipts } from '../sms/receipts.js';
import { DispatchSignal } from './dispatch-signal.js';
import { DispatchStore } from './dispatch-store.js';
import { MessageMetrics } from './message-metrics.js';
import { Outgoing } from './outgoing.js';

const NOW = new Date('2026-11-20T07:00:00Z');
const LATER = new Date('2026-11-20T07:30:00Z');

describe('the queue of messages', () => {
  let test: TestDatabase;
  let database: Database;
  let admin: Client;
  let store: DispatchStore;
  let schoolId: string;

  beforeAll(async () => {
    test = await createTestDatabase(notificationsMigrations);
    const service = 'notifications';
    database = await Database.open({ service, url: test.urls.notifications!.runtime, entities: [] });
    admin = new Client({ connectionString: test.adminUrl });
    await admin.connect();
    await admin.query('set search_path to notifications');
    const settings = new NotificationsSettings({});
    const receipts = new SmsReceipts(database, new MessageMetrics(new Metrics('notifications')), settings);
    store = new DispatchStore(database, settings, receipts);
  }, 60_000);
  afterAll(async () => {
    await admin?.end();
    await database?.close();
    await test?.drop();
  });
  beforeEach(async () => {
    schoolId = randomUUID();
    await admin.query('delete from queue');
    await admin.query(
      `insert into schools (school_id, name, time_zone, version) values ($1, 'Школа', 'Europe/Moscow', 1)`,
      [schoolId],
    );
  });

  /** A message that needs no consent: a code. */
  const enqueue = (): Promise<void> =>
    database.write({ schools: [schoolId] }, () =>
      new Outgoing(database, new DispatchSignal()).enqueueText(
        schoolId,
        {
          personId: randomUUID(),
          channel: 'email',
          address: 'anna@example.org',
          key: `code:${randomUUID()}`,
          subject: 'Код 123456',
          text: '123456',
          html: '<p>123456</p>',
        },
        NOW,
      ),
    );
  const message = async () =>
    (
      await admin.query(
        `select m.state, m.subject, m.text, m.html, q.message_id is not null as "isQueued", q.claimed_at is not null as "isClaimed"
         from messages m left join queue q on q.message_id = m.id where m.school_id = $1`,
        [schoolId],
      )
    ).rows[0];

  it('is empty for a second dispatcher while the first has the message in hand', async () => {
    await enqueue();
    expect(await store.claim('email', NOW, 5)).toHaveLength(1);
    expect(await store.claim('email', NOW, 5)).toEqual([]);
    expect(await message()).toMatchObject({ state: 'sending', isClaimed: true });
  });

  it.each([
    ['handing it over was interrupted', () => store.recover('email', NOW), 'uncertain'],
    ['it has run out', () => store.claim('email', LATER, 5), 'expired'],
  ])('holds no code when %s', async (_when, work, state) => {
    await enqueue();
    if (state === 'uncertain') await store.claim('email', NOW, 5);
    await work();
    expect(await message()).toMatchObject({ state, subject: null, text: null, html: null, isQueued: false });
  });

  it('lets the others leave when one cannot be put together', async () => {
    const [studentId, personId] = [randomUUID(), randomUUID()];
    const insert = (table: string, given: Record<string, unknown>): Promise<unknown> => {
      const row = { school_id: schoolId, ...given };
      const columns = Object.keys(row).join(', ');
      return admin.query(
        `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1)`,
        [row],
      );
    };
    const at = NOW.toISOString();
    const address = 'anna@example.org';
    const key = { person_id: personId, channel: 'email' };
    await insert('students', { id: studentId, family_name: 'И', given_name: 'П', version: 1 });
    await insert('guardian_children', { student_id: studentId, guardian_id: personId });
    const contact = { ...key, address, state: 'open', opened_at: at, changed_at: at, unsubscribe_token: 't' };
    await insert('contacts', { ...contact, undelivered_in_a_row: 0 });
    const message = {
      ...key,
      kind: 'notice',
      address,
      state: 'waiting',
      due_at: at,
      useful_until: LATER,
      created_at: at,
    };
    const content = {
      about: 'homework',
      subjectTitle: 'Физика',
      date: '2026-11-20',
      lessonNumber: 1,
      text: '§ 5',
    };
    for (const [index, said] of [{ about: 'mark' }, content].entries()) {
      const id = randomUUID();
      // The one that cannot be put together is before the other.
      const dueAt = new Date(NOW.getTime() - 1000 + index).toISOString();
      await insert('messages', {
        ...message,
        id,
        key: id,
        address: `${index}-${address}`,
        parts: 0,
        attempts: 0,
        has_begun: false,
        due_at: dueAt,
      });
      await insert('notices', {
        ...key,
        id: randomUUID(),
        message_id: id,
        student_id: studentId,
        kind: 'mark',
        subject_key: id,
        event_key: id,
        content: said,
        occurred_at: at,
      });
      await insert('queue', { message_id: id, channel: 'email', due_at: dueAt });
    }
    await admin.query(`update messages set address = $2 where school_id = $1`, [schoolId, address]);
    await store.claim('email', NOW, 5);
    await store.claim('email', NOW, 5);
    const { rows } = await admin.query(
      `select state, problem from messages where school_id = $1 order by due_at`,
      [schoolId],
    );
    expect(rows).toEqual([
      { state: 'refused', problem: expect.stringContaining('cannot be put together') },
      { state: 'sending', problem: null },
    ]);
  });

  it('keeps what became of a message when the rest of the answer can never be written down', async () => {
    await enqueue();
    const [claimed] = await store.claim('email', NOW, 5);
    const parts = [{ part: 1, providerId: 'a\u0000b' }];
    await store.settle('email', claimed!, { kind: 'submitted', parts }, NOW);
    expect(await message()).toMatchObject({ state: 'submitted', isQueued: false });
  });

  it('gets back what was not taken, although another process has held it for interrupted', async () => {
    await enqueue();
    await admin.query(`update messages set kind = 'notice' where school_id = $1`, [schoolId]);
    // A notice leaves only with consent, so the claim is made by hand.
    await admin.query(`update messages set state = 'sending' where school_id = $1`, [schoolId]);
    await admin.query('update queue set claimed_at = now() where school_id = $1', [schoolId]);
    const { rows } = await admin.query('select id from messages where school_id = $1', [schoolId]);
    const claimed = {
      messageId: rows[0].id as string,
      schoolId,
      address: 'anna@example.org',
      attempts: 0,
      partsTaken: [],
      unsubscribeUrl: null,
      usefulUntil: LATER.toISOString(),
      subject: null,
      text: '',
      html: null,
    };
    await store.recover('email', NOW);
    expect(await message()).toMatchObject({ state: 'uncertain', isQueued: false });
    const outcome = { kind: 'later', problem: 'no line', trouble: 'channel' } as const;
    await store.settle('email', claimed, outcome, NOW);
    expect(await message()).toMatchObject({ state: 'waiting', isQueued: true, isClaimed: false });
    await store.settle('email', claimed, { kind: 'submitted' }, NOW);
    expect(await message()).toMatchObject({ state: 'waiting', isQueued: true });
  });
});
