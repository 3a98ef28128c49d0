import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { listDiaryDays } from '@parta/contracts-diary';
import { recordEntries, type JournalEntry } from '@parta/contracts-journal';
import { diaryMigrations, diaryService } from '@parta/diary';
import { journalMigrations, journalService } from '@parta/journal';
import { subjectOf } from '@parta/platform-contract';
import { Bus } from '@parta/platform-messaging';
import { rebuildProjection, RpcClient, startService, type RunningService } from '@parta/platform-rpc';
import {
  createTestDatabase,
  createTestKeys,
  eventually,
  startTestNats,
  type TestDatabase,
  type TestKeys,
} from '@parta/platform-testing';
import { Client } from 'pg';
import { tellSchoolOfOneLesson, type SchoolOfOneLesson } from './school-of-one-lesson.js';

let nats: Awaited<ReturnType<typeof startTestNats>>;
let database: TestDatabase;
let keys: TestKeys;
let bus: Bus;
let rpc: RpcClient;
let admin: Client;
let services: RunningService[];
let school: SchoolOfOneLesson;
let teacher: string;
let head: string;
const versions = new Map<string, number>();

beforeAll(async () => {
  nats = await startTestNats();
  database = await createTestDatabase(journalMigrations, diaryMigrations);
  keys = await createTestKeys();
  bus = await Bus.connect(nats.url, 'rebuild');
  rpc = new RpcClient(bus.nats);
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  school = await tellSchoolOfOneLesson(bus, 25);
  const { schoolId, teacherId } = school;
  teacher = await keys.tokenOf([{ role: 'teacher', schoolId, personId: teacherId }]);
  head = await keys.tokenOf([{ role: 'deputy-head', schoolId, personId: randomUUID() }]);
  services = await Promise.all(
    [journalService(), diaryService()].map((definition) =>
      startService(definition, {
        databaseUrl: database.urls[definition.name]!.runtime,
        natsUrl: nats.url,
        tokenKeys: keys.keySet,
      }),
    ),
  );
  await eventually(async () => expect(await count('journal.enrolments')).toBe(25), { timeoutMs: 30_000 });
  await eventually(async () => expect(await count('journal.lessons')).toBe(1), { timeoutMs: 30_000 });
}, 90_000);

afterAll(async () => {
  for (const service of services ?? []) await service.stop();
  await bus?.close();
  await admin?.end();
  await database?.drop();
  await nats?.stop();
});

async function count(table: string): Promise<number> {
  return (await admin.query(`select count(*)::int as n from ${table}`)).rows[0].n as number;
}

async function enter(entries: Omit<JournalEntry, 'cellVersion'>[]): Promise<void> {
  const saved = await rpc.call(
    recordEntries,
    {
      lessonId: school.lessonId,
      entries: entries.map((entry) => ({ ...entry, cellVersion: versions.get(entry.studentId) ?? 0 })),
    },
    { token: teacher, idempotencyKey: randomUUID() },
  );
  for (const cell of saved.cells) versions.set(cell.studentId, cell.version);
}

/** Every table that the diary is made of, as text in the order of its keys. */
async function contents(): Promise<Record<string, string[]>> {
  const { rows } = await admin.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'diary'
       and tablename not in ('outbox', 'inbox', 'parked_facts', 'answered_commands', 'migrations') order by 1`,
  );
  const all: Record<string, string[]> = {};
  for (const { name } of rows) {
    const found = await admin.query<{ row: string }>(
      `select t::text as row from diary."${name}" t order by 1`,
    );
    all[name] = found.rows.map(({ row }) => row);
  }
  return all;
}

const journalMarks = async () =>
  (await admin.query('select id, value, version from journal.marks where annulled_at is null order by id'))
    .rows;
const diaryMarks = async () =>
  (await admin.query('select id, value, version from diary.marks where not is_annulled order by id')).rows;

const rebuild = () =>
  rebuildProjection(diaryService(), {
    adminUrl: database.adminUrl,
    ownerUrl: database.urls.diary!.owner,
    surroundings: {
      databaseUrl: database.urls.diary!.runtime,
      natsUrl: nats.url,
      tokenKeys: keys.keySet,
    },
    step: () => undefined,
  });

it('makes of the streams what the live diary made of them, and heals what was damaged', async () => {
  const { schoolId, pupils } = school;
  await enter(pupils.map((studentId) => ({ kind: 'mark', studentId, value: '4' })));
  await enter(pupils.slice(0, 9).map((studentId) => ({ kind: 'mark', studentId, value: '5' })));
  await enter(
    pupils.slice(20).map((studentId) => ({ kind: 'attendance', studentId, code: 'LATE', minutesLate: 5 })),
  );
  const poisoned = randomUUID();
  await bus.jetStream.publish(
    subjectOf('journal.mark.recorded.v1', schoolId),
    JSON.stringify({
      id: randomUUID(),
      type: 'journal.mark.recorded.v1',
      source: 'journal',
      schoolId,
      aggregateId: poisoned,
      aggregateVersion: 1,
      occurredAt: new Date().toISOString(),
      correlationId: 'poison',
      data: { markId: poisoned, value: 5 },
    }),
  );
  await eventually(async () => expect(await count('diary.parked_facts')).toBe(1), { timeoutMs: 30_000 });
  await eventually(async () => expect(await diaryMarks()).toEqual(await journalMarks()), {
    timeoutMs: 30_000,
  });
  await eventually(async () => expect(await count('diary.attendance')).toBe(5), { timeoutMs: 30_000 });
  const live = await contents();
  expect(live.marks!.length).toBe(34);

  await rebuild();
  expect(await contents()).toEqual(live);

  await admin.query(`delete from diary.marks where value = '5'; update diary.marks set value = '2';
    delete from diary.lessons; update diary.students set name = 'Никто'`);
  const { tables } = await rebuild();
  expect(tables).toContain('marks');
  expect(await contents()).toEqual(live);
  const parked = await admin.query('select consumer, aggregate_id from diary.parked_facts');
  expect(parked.rows).toEqual([{ consumer: 'diary__journal', aggregate_id: poisoned }]);
  const left = await admin.query(`select nspname from pg_namespace where nspname like 'diary\\_%'`);
  expect(left.rows).toEqual([]);
}, 90_000);

it('loses no mark that is given, and refuses no family, while it is at work', async () => {
  const { pupils, today } = school;
  let isOver = false;
  const teaching = (async () => {
    for (let turn = 0; !isOver; turn += 1)
      await enter([{ kind: 'mark', studentId: pupils[turn % 25]!, value: '3' }]);
  })();
  const reading = (async () => {
    for (let turn = 0; !isOver; turn += 1)
      await rpc.call(
        listDiaryDays,
        { studentId: pupils[turn % 25]!, from: today, to: today },
        { token: head },
      );
  })();
  await rebuild();
  await rebuild();
  isOver = true;
  await Promise.all([teaching, reading]);
  await eventually(async () => expect(await diaryMarks()).toEqual(await journalMarks()), {
    timeoutMs: 30_000,
  });
}, 90_000);

it('refuses to rebuild a service that publishes facts itself', async () => {
  await expect(
    rebuildProjection(journalService(), {
      adminUrl: database.adminUrl,
      ownerUrl: database.urls.journal!.owner,
      surroundings: {
        databaseUrl: database.urls.journal!.runtime,
        natsUrl: nats.url,
        tokenKeys: keys.keySet,
      },
      step: () => undefined,
    }),
  ).rejects.toThrow('publishes facts itself');
});
