import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { listDiaryDays } from '@parta/contracts-diary';
import { recordEntries, type JournalEntry } from '@parta/contracts-journal';
import { diaryMigrations, diaryService } from '@parta/diary';
import { journalMigrations, journalService } from '@parta/journal';
import { subjectOf } from '@parta/platform-contract';
import { rebuildProjection, startService, type RpcClient, type RunningService } from '@parta/platform-rpc';
import { eventually, openTestBed, type TestBed } from '@parta/platform-testing';
import type { Client } from 'pg';
import { tellSchoolOfOneLesson, type SchoolOfOneLesson } from './school-of-one-lesson.js';

let bed: TestBed;
let rpc: RpcClient;
let admin: Client;
let services: RunningService[];
let school: SchoolOfOneLesson;
let teacher: string;
let head: string;
const versions = new Map<string, number>();
const lastMarks = new Map<string, string>();

beforeAll(async () => {
  bed = await openTestBed([journalMigrations, diaryMigrations]);
  ({ rpc, admin } = bed);
  school = await tellSchoolOfOneLesson(bed.bus, 25);
  const { schoolId, teacherId } = school;
  teacher = await bed.keys.tokenOf([{ role: 'teacher', schoolId, personId: teacherId }]);
  head = await bed.keys.tokenOf([{ role: 'deputy-head', schoolId, personId: randomUUID() }]);
  services = await Promise.all(
    [journalService(), diaryService()].map((definition) =>
      startService(definition, bed.surroundingsOf(definition.name)),
    ),
  );
  await eventually(async () => expect(await bed.count('journal.enrolments')).toBe(25), { timeoutMs: 30_000 });
  await eventually(async () => expect(await bed.count('journal.lessons')).toBe(1), { timeoutMs: 30_000 });
}, 90_000);

afterAll(async () => {
  for (const service of services ?? []) await service.stop();
  await bed?.close();
});

async function enter(entries: Omit<JournalEntry, 'cellVersion'>[]): Promise<void> {
  const saved = await rpc.call(
    recordEntries,
    {
      lessonId: school.lessonId,
      entries: entries.map((entry) => ({ ...entry, cellVersion: versions.get(entry.studentId) ?? 0 })),
    },
    { token: teacher, idempotencyKey: randomUUID() },
  );
  for (const cell of saved.cells) {
    versions.set(cell.studentId, cell.version);
    lastMarks.set(cell.studentId, cell.marks.at(-1)?.markId ?? '');
  }
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

const rebuild = (more: { evenIfSmaller?: boolean } = {}) =>
  rebuildProjection(diaryService(), {
    ...more,
    adminUrl: bed.database.adminUrl,
    ownerUrl: bed.database.urls.diary!.owner,
    surroundings: bed.surroundingsOf('diary'),
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
  await bed.bus.jetStream.publish(
    subjectOf('journal.lesson.entries-recorded.v1', schoolId),
    JSON.stringify({
      id: randomUUID(),
      type: 'journal.lesson.entries-recorded.v1',
      source: 'journal',
      schoolId,
      aggregateId: poisoned,
      aggregateVersion: 1,
      occurredAt: new Date().toISOString(),
      correlationId: 'poison',
      data: { markId: poisoned, value: 5 },
    }),
  );
  await eventually(async () => expect(await bed.count('diary.parked_facts')).toBe(1), { timeoutMs: 30_000 });
  await eventually(async () => expect(await diaryMarks()).toEqual(await journalMarks()), {
    timeoutMs: 30_000,
  });
  await eventually(async () => expect(await bed.count('diary.attendance')).toBe(5), { timeoutMs: 30_000 });
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
    for (let turn = 0; !isOver; turn += 1) {
      const studentId = pupils[turn % 25]!;
      // A cell holds ten marks; what is given after that corrects the last one.
      const isNew = turn < 25 * 5;
      const correction = { kind: 'correction', markId: lastMarks.get(studentId), reason: 'ошибка' } as const;
      await enter([{ ...(isNew ? { kind: 'mark' } : correction), studentId, value: turn % 2 ? '3' : '4' }]);
    }
  })();
  const reading = (async () => {
    for (let turn = 0; !isOver; turn += 1)
      await rpc.call(
        listDiaryDays,
        { studentId: pupils[turn % 25]!, from: today, to: today },
        { token: head },
      );
  })();
  try {
    await rebuild();
    await rebuild();
  } finally {
    isOver = true;
    await Promise.all([teaching, reading]);
  }
  await eventually(async () => expect(await diaryMarks()).toEqual(await journalMarks()), {
    timeoutMs: 30_000,
  });
}, 90_000);

it('does not switch to a copy that lacks most of what the live tables have, unless told to', async () => {
  await admin.query(`insert into diary.students select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid()))).*
    from diary.students s, generate_series(1, 3)`);
  await expect(rebuild()).rejects.toThrow('the streams make 25 of 100 students');
  expect(await bed.count('diary.students')).toBe(100);
  await rebuild({ evenIfSmaller: true });
  expect(await bed.count('diary.students')).toBe(25);
}, 90_000);

it('refuses to rebuild a service that publishes facts itself', async () => {
  await expect(
    rebuildProjection(journalService(), {
      adminUrl: bed.database.adminUrl,
      ownerUrl: bed.database.urls.journal!.owner,
      surroundings: bed.surroundingsOf('journal'),
      step: () => undefined,
    }),
  ).rejects.toThrow('publishes facts itself');
});
