import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { guardianRecorded } from '@parta/contracts-contingent';
import { recordEntries } from '@parta/contracts-journal';
import { journalMigrations } from '@parta/journal';
import { notificationsMigrations } from '@parta/notifications';
import { subjectOf } from '@parta/platform-contract';
import type { Bus } from '@parta/platform-messaging';
import type { RpcClient } from '@parta/platform-rpc';
import { eventually, openTestBed, publishFact, type TestBed } from '@parta/platform-testing';
import { Inbox, startMailSink, startSmsCentre, type MailSink, type SmsCentre } from '@parta/receivers';
import type { Client } from 'pg';
import { tellSchoolOfOneLesson } from './school-of-one-lesson.js';
import { ServiceProcess } from './service-process.js';

const root = join(import.meta.dirname, '../../..');
const PUPILS = 12;
const SMSC = { systemId: 'parta', password: 'parta' };
const WAIT = { timeoutMs: 40_000 };

// What a family may not suffer: not hearing of a mark, or hearing of it twice.
describe('between journal and families', () => {
  const folder = mkdtempSync(join(tmpdir(), `parta-test-${process.pid}-fault-`));
  const inbox = new Inbox();
  const versions = new Map<string, number>();
  let [schoolId, teacherId, lessonId] = ['', '', ''];
  let pupils: string[] = [];
  let mail: MailSink;
  let sms: SmsCentre;
  let bed: TestBed;
  let bus: Bus;
  let rpc: RpcClient;
  let admin: Client;
  let journal: ServiceProcess;
  let notifications: ServiceProcess;
  let teacher: string;

  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, 'tools/build/build.mjs')], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    mail = await startMailSink({ port: 0, inbox });
    sms = await startSmsCentre({ port: 0, inbox, ...SMSC });
    bed = await openTestBed([journalMigrations, notificationsMigrations]);
    ({ bus, rpc, admin } = bed);
    const processOf = (name: string, env: NodeJS.ProcessEnv = {}): ServiceProcess =>
      new ServiceProcess(name, {
        ...bed.surroundingsOf(name),
        folder,
        env,
      });
    journal = processOf('journal');
    notifications = processOf('notifications', {
      PARTA_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
      PARTA_MAIL_FROM: 'Журнал <journal@school.example>',
      PARTA_SMPP_URL: `smpp://parta:parta@127.0.0.1:${sms.port}`,
      PARTA_SMS_SENDER: 'Parta',
      PARTA_SMS_PER_SECOND: '200',
    });
    ({ schoolId, teacherId, lessonId, pupils } = await tellSchoolOfOneLesson(bus, PUPILS));
    for (const id of pupils) versions.set(id, 0);
    await tellOfMothers();
    teacher = await bed.keys.tokenOf([{ role: 'teacher', schoolId, personId: teacherId }]);
    await Promise.all([journal.start(), notifications.start()]);
    await eventually(async () => expect(await count('journal.lessons')).toBe(1), WAIT);
    await eventually(async () => expect(await count('notifications.guardian_children')).toBe(PUPILS), WAIT);
    await subscribe();
  }, 120_000);

  afterEach(() => inbox.clear());

  afterAll(async () => {
    await Promise.all([journal?.kill(), notifications?.kill()]);
    await mail?.stop();
    await sms?.stop();
    await bed?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const motherOf = new Map<string, string>();

  async function tellOfMothers(): Promise<void> {
    for (const [index, pupil] of pupils.entries()) {
      const personId = randomUUID();
      motherOf.set(pupil, personId);
      await publishFact(
        bus,
        guardianRecorded,
        { schoolId, aggregateId: personId, version: 1 },
        {
          personId,
          familyName: 'Иванова',
          givenName: 'Мария',
          middleName: null,
          username: null,
          email: `mother-${index}@example.org`,
          phone: `+7000000${String(1000 + index)}`,
          isActive: true,
          kind: 'parent',
          studentIds: [pupil],
        },
      );
    }
  }

  /** Consents and choices as the service keeps them; how they are made is told elsewhere. */
  async function subscribe(): Promise<void> {
    for (const [index, pupil] of pupils.entries()) {
      const mother = motherOf.get(pupil);
      for (const [channel, address] of [
        ['email', `mother-${index}@example.org`],
        ['sms', `+7000000${String(1000 + index)}`],
      ]) {
        await admin.query(
          `insert into notifications.contacts (school_id, person_id, channel, address, state, opened_at, changed_at, unsubscribe_token)
           values ($1, $2, $3, $4, 'open', now(), now(), $5)`,
          [schoolId, mother, channel, address, randomUUID()],
        );
        await admin.query(
          `insert into notifications.choices (school_id, person_id, student_id, kind, channel, delivery)
           values ($1, $2, $3, 'mark', $4, 'immediate')`,
          [schoolId, mother, pupil, channel],
        );
      }
      await admin.query(
        `insert into notifications.hours (school_id, person_id, quiet_from, quiet_to, digest_at) values ($1, $2, '00:00', '00:00', '19:00')`,
        [schoolId, mother],
      );
    }
  }

  const count: TestBed['count'] = (...counted) => bed.count(...counted);

  async function enter(value: string): Promise<void> {
    const saved = await rpc.call(
      recordEntries,
      {
        lessonId,
        entries: pupils.map((studentId) => ({
          kind: 'mark' as const,
          studentId,
          value: value as '5',
          cellVersion: versions.get(studentId)!,
        })),
      },
      { token: teacher, idempotencyKey: randomUUID() },
    );
    for (const cell of saved.cells) versions.set(cell.studentId, cell.version);
  }

  /** Waits until nothing is on its way any more. @returns messages of which nobody knows whether they arrived */
  async function settled(expected: number): Promise<string[]> {
    await eventually(async () => {
      expect(await count('notifications.messages')).toBe(expected);
      expect(await count('notifications.queue')).toBe(0);
    }, WAIT);
    const { rows } = await admin.query(
      `select address from notifications.messages where state = 'uncertain'`,
    );
    return rows.map((row: { address: string }) => row.address.replace('+', ''));
  }

  /** Each family has each mark once by each channel, or it is uncertain and was not repeated. */
  function nobodyHasItTwice(value: string, uncertain: readonly string[]): void {
    const arrivals = inbox.list().filter(({ text }) => text.includes(`отметка ${value}`));
    const times = new Map<string, number>();
    for (const { to } of arrivals) times.set(to, (times.get(to) ?? 0) + 1);
    expect([...times].filter(([, n]) => n > 1)).toEqual([]);
    const missing = pupils
      .flatMap((_, index) => [`mother-${index}@example.org`, `7000000${String(1000 + index)}`])
      .filter((address) => !times.has(address) && !uncertain.includes(address));
    expect(missing).toEqual([]);
  }

  it('tells every family once though the service dies while it is sending', async () => {
    let messages = 0;
    for (const [value, arrivals] of [
      ['5', 1],
      ['4', 8],
      ['3', 20],
    ] as const) {
      await admin.query(`update notifications.messages set state = 'submitted' where state = 'uncertain'`);
      inbox.clear();
      await enter(value);
      messages += 2 * PUPILS;
      await eventually(() => expect(inbox.list().length).toBeGreaterThanOrEqual(arrivals), {
        ...WAIT,
        intervalMs: 1,
      });
      await notifications.kill();
      await notifications.start();
      nobodyHasItTwice(value, await settled(messages));
    }
  }, 120_000);

  it('tells nobody again though the whole stream is delivered again, backwards', async () => {
    const before = await count('notifications.messages');
    const { rows } = await admin.query(
      `select envelope from journal.outbox where subject like '%entries-recorded%' order by position desc`,
    );
    for (const { envelope } of rows as { envelope: string }[]) {
      const { type } = JSON.parse(envelope) as { type: string };
      await bus.jetStream.publish(subjectOf(type, schoolId), envelope);
    }
    await enter('2');
    await settled(before + 2 * PUPILS);
    expect(inbox.list().filter(({ text }) => !text.includes('отметка 2'))).toEqual([]);
    nobodyHasItTwice('2', []);
  }, 60_000);

  it('waits out a mail server and an SMS centre that are down, and sends once they are back', async () => {
    const before = await count('notifications.messages');
    const uncertain = await count('notifications.messages', `state = 'uncertain'`);
    const { port: smtpPort } = mail;
    const { port: smppPort } = sms;
    await mail.stop();
    await sms.stop();
    await enter('5');
    await eventually(
      async () =>
        expect(await count('notifications.messages', `problem is not null and state = 'waiting'`)).toBe(
          2 * PUPILS,
        ),
      WAIT,
    );
    mail = await startMailSink({ port: smtpPort, inbox });
    sms = await startSmsCentre({ port: smppPort, inbox, ...SMSC });
    nobodyHasItTwice('5', await settled(before + 2 * PUPILS));
    expect(await count('notifications.messages', `state = 'uncertain'`)).toBe(uncertain);
  }, 90_000);
});
