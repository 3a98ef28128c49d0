import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { listDiaryDays } from '@parta/contracts-diary';
import { recordEntries, type JournalEntry, type RecordedEntries } from '@parta/contracts-journal';
import { diaryMigrations } from '@parta/diary';
import { journalMigrations } from '@parta/journal';
import { subjectOf } from '@parta/platform-contract';
import type { Bus } from '@parta/platform-messaging';
import type { RpcClient } from '@parta/platform-rpc';
import { eventually, openTestBed, type TestBed } from '@parta/platform-testing';
import { Client } from 'pg';
import { tellSchoolOfOneLesson } from './school-of-one-lesson.js';
import { ServiceProcess } from './service-process.js';

const root = join(import.meta.dirname, '../../..');
const TODAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'UTC' }).format(new Date());

// What an acknowledged entry may not suffer: being lost, or being there twice.
describe('between journal and diary', () => {
  const folder = mkdtempSync(join(tmpdir(), `parta-test-${process.pid}-fault-`));
  const versions = new Map<string, number>();
  let [schoolId, teacherId, lessonId] = ['', '', ''];
  let pupils: string[] = [];
  let bed: TestBed;
  let bus: Bus;
  let rpc: RpcClient;
  let admin: Client;
  let journal: ServiceProcess;
  let diary: ServiceProcess;
  let teacher: string;
  let head: string;

  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, 'tools/build/build.mjs')], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    bed = await openTestBed([journalMigrations, diaryMigrations]);
    ({ bus, rpc, admin } = bed);
    const processOf = (name: string): ServiceProcess =>
      new ServiceProcess(name, {
        ...bed.surroundingsOf(name),
        folder,
      });
    [journal, diary] = [processOf('journal'), processOf('diary')];
    ({ schoolId, teacherId, lessonId, pupils } = await tellSchoolOfOneLesson(bus, 25));
    for (const id of pupils) versions.set(id, 0);
    teacher = await bed.keys.tokenOf([{ role: 'teacher', schoolId, personId: teacherId }]);
    head = await bed.keys.tokenOf([{ role: 'deputy-head', schoolId, personId: randomUUID() }]);
    await Promise.all([journal.start(), diary.start()]);
    await eventually(async () => expect(await count('journal.enrolments')).toBe(pupils.length), {
      timeoutMs: 30_000,
    });
    await eventually(async () => expect(await count('journal.lessons')).toBe(1), { timeoutMs: 30_000 });
  }, 120_000);

  afterEach(async () => {
    await Promise.all([journal.kill(), diary.kill()]);
    await Promise.all([journal.start(), diary.start()]);
    await journalAndDiaryAreEqual();
  }, 60_000);

  afterAll(async () => {
    await Promise.all([journal?.kill(), diary?.kill()]);
    await bed?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const count: TestBed['count'] = (...counted) => bed.count(...counted);

  async function enter(
    studentIds: readonly string[],
    value: string,
    idempotencyKey = randomUUID(),
  ): Promise<RecordedEntries> {
    const entries = studentIds.map((studentId): JournalEntry => ({
      kind: 'mark',
      studentId,
      value,
      cellVersion: versions.get(studentId)!,
    }));
    const saved = await rpc.call(recordEntries, { lessonId, entries }, { token: teacher, idempotencyKey });
    for (const cell of saved.cells) versions.set(cell.studentId, cell.version);
    return saved;
  }

  async function journalAndDiaryAreEqual(): Promise<void> {
    const rows = async (schema: string, isThere: string) =>
      (
        await admin.query(
          `select id, student_id, value, version from ${schema}.marks where ${isThere} order by id`,
        )
      ).rows;
    await eventually(
      async () =>
        expect(await rows('diary', 'not is_annulled')).toEqual(await rows('journal', 'annulled_at is null')),
      {
        timeoutMs: 30_000,
      },
    );
    expect(await count('diary.parked_facts')).toBe(0);
  }

  it('publishes after its death what it had committed and not yet published', async () => {
    await journal.kill();
    // Whoever holds the relay's lock keeps the journal from publishing; its commits go on.
    const relay = new Client({ connectionString: bed.database.adminUrl });
    await relay.connect();
    await relay.query(`select pg_advisory_lock(hashtextextended('outbox:journal', 0))`);
    await journal.start();
    await enter(pupils, '5');
    expect(await count('journal.outbox', 'published_at is null')).toBe(1);
    await journal.kill();
    await relay.end();
    expect(await count('diary.marks')).toBe(0);
    await journal.start();
    await journalAndDiaryAreEqual();
    expect(await count('diary.marks')).toBe(25);
  }, 90_000);

  it('answers a command repeated after a death as before, and enters it once', async () => {
    const key = randomUUID();
    const before = new Map(versions);
    const saved = await enter(pupils.slice(0, 5), '4', key);
    await journal.kill();
    await journal.start();
    for (const [id, version] of before) versions.set(id, version);
    expect(await enter(pupils.slice(0, 5), '4', key)).toEqual(saved);
    expect(await count('journal.marks', `value = '4'`)).toBe(5);
  }, 60_000);

  it('catches up after the diary was away, and after it died in the middle', async () => {
    await diary.kill();
    for (const pupil of pupils) await enter([pupil], '3');
    await diary.start();
    await diary.kill();
    await diary.start();
    await journalAndDiaryAreEqual();
    expect(await count('diary.marks', `value = '3'`)).toBe(25);
  }, 90_000);

  it('shows every fact once though the whole stream is delivered again, backwards', async () => {
    const { rows } = await admin.query(
      `select envelope from journal.outbox where subject like '%entries-recorded%' order by position desc`,
    );
    for (const { envelope } of rows as { envelope: string }[]) {
      const { type } = JSON.parse(envelope) as { type: string };
      await bus.jetStream.publish(subjectOf(type, schoolId), envelope);
    }
    await enter(pupils.slice(0, 1), '2');
    await eventually(async () => expect(await count('diary.marks', `value = '2'`)).toBe(1), {
      timeoutMs: 30_000,
    });
    await journalAndDiaryAreEqual();
    const day = await rpc.call(
      listDiaryDays,
      { studentId: pupils[0]!, from: TODAY, to: TODAY },
      { token: head },
    );
    expect(day.days[0]!.lessons[0]!.marks.map((mark) => mark.value)).toEqual(['5', '4', '3', '2']);
  }, 60_000);

  it('parks a poisoned fact with its reason, and lets the others pass', async () => {
    const poisoned = randomUUID();
    await bus.jetStream.publish(
      subjectOf('journal.lesson.entries-recorded.v1', schoolId),
      JSON.stringify({
        id: randomUUID(),
        type: 'journal.lesson.entries-recorded.v1',
        version: 1,
        source: 'journal',
        schoolId,
        aggregateId: poisoned,
        aggregateVersion: 1,
        occurredAt: new Date().toISOString(),
        actor: null,
        correlationId: 'poison-test',
        causationId: null,
        data: { markId: poisoned, value: 5 },
      }),
    );
    await enter(pupils.slice(1, 2), '2');
    await eventually(async () => expect(await count('diary.marks', `value = '2'`)).toBe(2), {
      timeoutMs: 30_000,
    });
    const parked = await eventually(async () => {
      const { rows } = await admin.query('select aggregate_id, reason from diary.parked_facts');
      expect(rows).toHaveLength(1);
      return rows as { aggregate_id: string; reason: string }[];
    });
    expect(parked[0]).toMatchObject({
      aggregate_id: poisoned,
      reason: expect.stringContaining('InvalidInput'),
    });
    await admin.query('delete from diary.parked_facts');
  }, 60_000);
});
