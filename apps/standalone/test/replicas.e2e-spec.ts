import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { listDiaryDays } from '@parta/contracts-diary';
import { recordEntries, type RecordedEntries } from '@parta/contracts-journal';
import { diaryMigrations, diaryService } from '@parta/diary';
import type { RunningGateway } from '@parta/gateway';
import { journalMigrations, journalService } from '@parta/journal';
import type { Operation } from '@parta/platform-contract';
import { startService, type RunningService } from '@parta/platform-rpc';
import { eventually, openTestBed, type TestBed } from '@parta/platform-testing';
import type { Subscription } from '@nats-io/transport-node';
import { Client } from './browser-like.js';
import { gatewayOn } from './gateway-on.js';
import { tellSchoolOfOneLesson, type SchoolOfOneLesson } from './school-of-one-lesson.js';

// Two of journal, diary and gateway; the run with processes that are killed is `npm run test:replicas`.
describe('two replicas', () => {
  let bed: TestBed;
  let school: SchoolOfOneLesson;
  let journals: RunningService[];
  let diaries: RunningService[];
  let gateways: RunningGateway[];
  let teacher: string;
  let guardian: string;
  const dead: Subscription[] = [];

  const startDiary = (): Promise<RunningService> => startService(diaryService(), bed.surroundingsOf('diary'));

  beforeAll(async () => {
    bed = await openTestBed([journalMigrations, diaryMigrations]);
    school = await tellSchoolOfOneLesson(bed.bus, 8);
    const startJournal = () => startService(journalService(), bed.surroundingsOf('journal'));
    journals = await Promise.all([startJournal(), startJournal()]);
    diaries = await Promise.all([startDiary(), startDiary()]);
    gateways = await Promise.all([gatewayOn(bed.natsUrl, bed.keys), gatewayOn(bed.natsUrl, bed.keys)]);
    const { schoolId, teacherId: personId, pupils } = school;
    teacher = await bed.keys.tokenOf([{ role: 'teacher', schoolId, personId }]);
    guardian = await bed.keys.tokenOf([
      { role: 'guardian', schoolId, personId: randomUUID(), studentIds: [pupils[0]!] },
    ]);
    await eventually(
      async () => {
        expect(await bed.count('journal.lessons')).toBe(1);
        expect(await bed.count('journal.enrolments')).toBe(pupils.length);
        expect(await bed.count('diary.enrolments')).toBe(pupils.length);
      },
      { timeoutMs: 30_000 },
    );
  }, 90_000);

  afterEach(() => dead.splice(0).forEach((one) => one.unsubscribe()));

  afterAll(async () => {
    await Promise.all((gateways ?? []).map((one) => one.stop()));
    await Promise.all([...(journals ?? []), ...(diaries ?? [])].map((one) => one.stop()));
    await bed?.close();
  }, 60_000);

  const enter = (
    client: Client,
    studentId: string,
    value: string,
    key?: string,
  ): Promise<{ status: number; body: RecordedEntries }> =>
    client.call<RecordedEntries>(
      'POST',
      `/api/v1/journal/lessons/${school.lessonId}/entries`,
      { entries: [{ kind: 'mark', studentId, value, cellVersion: 0 }] },
      { 'idempotency-key': key ?? randomUUID() },
    );
  const day = (): string => `/api/v1/diary/${school.pupils[0]}/days?from=${school.today}&to=${school.today}`;

  /** A replica that is killed with requests in its hands, seen from outside: it takes them, never answers, and is gone. */
  const deadReplicaOf = async (operation: Operation, max: number): Promise<() => number> => {
    let taken = 0;
    dead.push(
      bed.bus.nats.subscribe(operation.subject, {
        queue: operation.service,
        max,
        callback: () => void (taken += 1),
      }),
    );
    await bed.bus.nats.flush();
    return () => taken;
  };

  it('tell a page at one gateway of what was entered through the other', async () => {
    const live = await new Client(gateways[1]!.url).withToken(guardian).live();
    expect(await live.next()).toContain('ready');
    const [pupil] = school.pupils;
    expect((await enter(new Client(gateways[0]!.url).withToken(teacher), pupil!, '5')).status).toBe(200);
    expect(await live.next()).toContain('changed');
    live.close();
    const seen = await new Client(gateways[1]!.url).withToken(guardian).get(day());
    expect(JSON.stringify(seen)).toContain('"value":"5"');
  }, 30_000);

  it('hear each fact once between them', async () => {
    const client = new Client(gateways[0]!.url).withToken(teacher);
    for (const pupil of school.pupils.slice(1, 4)) expect((await enter(client, pupil, '4')).status).toBe(200);
    await eventually(async () => expect(await bed.count('diary.marks', `value = '4'`)).toBe(3));
    expect(await bed.count('diary.marks', 'version > 1')).toBe(0);
    expect(await bed.count('diary.parked_facts')).toBe(0);
  }, 30_000);

  it('answer a reader though one of them is dead and not yet missed', async () => {
    const taken = await deadReplicaOf(listDiaryDays, 5);
    const client = new Client(gateways[0]!.url).withToken(guardian);
    const answers = await Promise.all(Array.from({ length: 30 }, () => client.call('GET', day())));
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 30 }, () => 200));
    expect(taken()).toBeGreaterThan(0);
  }, 30_000);

  it('enter once what has a key, though the one that took it is dead', async () => {
    const taken = await deadReplicaOf(recordEntries, 1);
    const client = new Client(gateways[0]!.url).withToken(teacher);
    const pupils = school.pupils.slice(4);
    let entered = 0;
    // Each goes to the dead one by chance.
    while (taken() === 0 && entered < pupils.length) {
      expect((await enter(client, pupils[entered]!, '3')).status).toBe(200);
      entered += 1;
    }
    expect(await bed.count('journal.marks', `value = '3'`)).toBe(entered);
  }, 60_000);

  it('never send twice what has no key to be known by', async () => {
    const command = { ...recordEntries, subject: 'rpc.journal.nobody.v1', timeoutMs: 2500 } as Operation;
    const taken = await deadReplicaOf(command, 5);
    await expect(bed.rpc.call(command, {}, { token: teacher })).rejects.toMatchObject({
      code: 'service.timeout',
    });
    expect(taken()).toBe(1);
  }, 30_000);

  it('refuse nothing while one of them stops and starts', async () => {
    const client = new Client(gateways[1]!.url).withToken(guardian);
    const statuses = new Set<number>();
    let isOver = false;
    let answered = 0;
    const readers = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        statuses.add((await client.call('GET', day())).status);
        answered += 1;
      }
    });
    for (const at of [0, 1]) {
      await diaries[at]!.stop();
      diaries[at] = await startDiary();
    }
    const enough = answered + 20;
    await eventually(() => Promise.resolve(expect(answered).toBeGreaterThan(enough)));
    isOver = true;
    await Promise.all(readers);
    expect([...statuses]).toEqual([200]);
  }, 60_000);
});
