import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  decideOpening,
  describeLesson,
  getJournalPage,
  getLesson,
  journalChangedSubject,
  listMissing,
  listOpeningRequests,
  recordEntries,
  requestOpening,
} from '@parta/contracts-journal';
import { eventually, startServiceBench, TestClock, type ServiceBench } from '@parta/platform-testing';
import { Client } from 'pg';
import { journalMigrations, journalService } from '../src/journal.js';
import { TestSchool } from './school-builder.js';

const LONG_AGO = '2026-10-01';
const TODAY = '2026-11-20';
const TOMORROW = '2026-11-21';
/** 07:00 and 11:00 in Yekaterinburg: before the second lesson and after it. */
const MORNING = '2026-11-20T02:00:00Z';
const NOON = '2026-11-20T06:00:00Z';
const NO_HOMEWORK = { text: null, noHomework: true, dueDate: null, individual: [] };

describe('lessons whose entry window is over (R116)', () => {
  const clock = new TestClock(new Date(NOON));
  let bench: ServiceBench;
  let school: TestSchool;
  let teacher: string;
  let head: string;

  beforeAll(async () => {
    bench = await startServiceBench(journalService(), journalMigrations, { clock });
    school = await new TestSchool(bench, [LONG_AGO, TODAY, TOMORROW]).tell();
    teacher = await school.token('teacher', school.teacher);
    head = await school.token('deputy-head');
    await eventually(async () => expect((await lesson(LONG_AGO)).list).toHaveLength(3));
  }, 60_000);

  afterAll(() => bench?.stop());

  const lesson = (date: string) =>
    bench.rpc.call(getLesson, { lessonId: school.lesson(date).id }, { token: teacher });
  const ask = (date: string, token = teacher) =>
    bench.rpc.call(requestOpening, { lessonId: school.lesson(date).id, reason: 'Болел(а)' }, { token });
  const decide = (requestId: string, decision: object, token = head) =>
    bench.rpc.call(decideOpening, { requestId, isGranted: true, ...decision }, { token });
  const enter = () =>
    bench.rpc.call(
      recordEntries,
      {
        lessonId: school.lesson(LONG_AGO).id,
        entries: [{ kind: 'mark', studentId: school.pupils[0], value: '5', cellVersion: 0 }],
      },
      { token: teacher, idempotencyKey: crypto.randomUUID() },
    );
  const waiting = async () => (await bench.rpc.call(listOpeningRequests, {}, { token: head })).waiting;

  it('are asked to be opened by their own teacher only, and only when they are closed', async () => {
    await expect(ask(TODAY)).rejects.toMatchObject({ code: 'journal.lesson-is-open' });
    await expect(ask(TOMORROW)).rejects.toMatchObject({ code: 'journal.lesson-not-begun' });
    await expect(ask(LONG_AGO, await school.token('teacher', school.stranger))).rejects.toMatchObject({
      code: 'journal.not-your-lesson',
    });
    expect(await lesson(LONG_AGO)).toMatchObject({
      isOpen: false,
      closedBecause: 'journal.entry-window-closed',
      opening: null,
    });
  });

  it('stay closed, with the reason, when the deputy head refuses', async () => {
    const { requestId, state } = await ask(LONG_AGO);
    expect(state).toBe('asked');
    await expect(ask(LONG_AGO)).rejects.toMatchObject({ code: 'journal.opening-already-requested' });
    expect(await waiting()).toBe(1);
    await expect(decide(requestId, { isGranted: false })).rejects.toMatchObject({
      code: 'journal.refusal-without-reason',
    });
    await decide(requestId, { isGranted: false, answer: 'Четверть закончилась' });
    await expect(decide(requestId, { openUntil: TODAY })).rejects.toMatchObject({
      code: 'journal.opening-already-decided',
    });
    expect((await lesson(LONG_AGO)).opening).toEqual({
      state: 'refused',
      openUntil: null,
      answer: 'Четверть закончилась',
    });
    await expect(enter()).rejects.toMatchObject({ code: 'journal.entry-window-closed' });
    expect(await waiting()).toBe(0);
  });

  it('take entries until the date the deputy head gives, and no longer', async () => {
    const { requestId } = await ask(LONG_AGO);
    for (const openUntil of [undefined, '2026-11-19', '2026-12-21']) {
      await expect(decide(requestId, { openUntil })).rejects.toMatchObject({
        code: 'journal.opening-date-out-of-range',
      });
    }
    expect(await decide(requestId, { openUntil: TOMORROW })).toMatchObject({
      state: 'granted',
      openUntil: TOMORROW,
      groupTitle: '7А Алгебра',
      reason: 'Болел(а)',
    });
    const { lessons } = await bench.rpc.call(
      getJournalPage,
      { groupId: school.groupId, from: LONG_AGO, to: LONG_AGO },
      { token: teacher },
    );
    expect(lessons[0]).toMatchObject({ isOpen: true, closedBecause: null, opening: 'granted' });
    const { cells } = await enter();
    expect(cells[0]!.marks[0]).toMatchObject({ value: '5', isLate: true });
    clock.set('2026-11-21T20:00:00Z');
    await expect(enter()).rejects.toMatchObject({ code: 'journal.entry-window-closed' });
    clock.set(NOON);
    const { requests } = await bench.rpc.call(listOpeningRequests, {}, { token: head });
    expect(requests.map(({ state }) => state).sort()).toEqual(['granted', 'refused']);
    const { rows } = await bench.admin.query(
      `select after, reason from changes where subject = 'opening' order by id`,
    );
    expect(rows.map((row) => row.after)).toEqual(['asked', 'refused', 'asked', `granted ${TOMORROW}`]);
  });

  it('are not decided from another school, nor seen by it', async () => {
    const { requestId } = await ask(LONG_AGO).catch(() => ({ requestId: crypto.randomUUID() }));
    const other = await new TestSchool(bench, []).tell();
    const stranger = await other.token('deputy-head');
    await expect(decide(requestId, { openUntil: TODAY }, stranger)).rejects.toMatchObject({
      code: 'journal.opening-not-found',
    });
    expect((await bench.rpc.call(listOpeningRequests, {}, { token: stranger })).requests).toEqual([]);
    const role = new Client({ connectionString: bench.database.urls.journal!.runtime });
    await role.connect();
    await role.query(`select set_config('app.schools', $1, false)`, [other.id]);
    expect((await role.query('select 1 from opening_requests')).rowCount).toBe(0);
    await role.end();
  });

  const following = async (): Promise<{ heard: unknown[]; stop: () => void }> => {
    const heard: unknown[] = [];
    const subscription = bench.bus.nats.subscribe(journalChangedSubject(school.id, school.groupId), {
      callback: (_, message) => void heard.push(message.json()),
    });
    await bench.bus.nats.flush();
    return { heard, stop: () => subscription.unsubscribe() };
  };

  it('tell open pages, after the commit, which group and day is new and nothing else', async () => {
    const { heard, stop } = await following();
    const { version } = await lesson(TODAY);
    const command = { lessonId: school.lesson(TODAY).id, version, topic: 'Дроби', homework: NO_HOMEWORK };
    await expect(
      bench.rpc.call(describeLesson, { ...command, version: version + 7 }, { token: teacher }),
    ).rejects.toMatchObject({ code: 'journal.lesson-stale' });
    await bench.rpc.call(describeLesson, command, { token: teacher });
    await eventually(() =>
      expect(heard).toEqual([{ kind: 'journal', schoolId: school.id, groupId: school.groupId, date: TODAY }]),
    );
    stop();
  });

  it('tell open pages also when the replica that committed has died', async () => {
    const lastFact = 'position = (select max(position) from outbox)';
    await eventually(async () =>
      expect(
        (await bench.admin.query(`select 1 from outbox where ${lastFact} and published_at is not null`))
          .rowCount,
      ).toBe(1),
    );
    const { heard, stop } = await following();
    // As it stands when a process dies between its commit and anything else.
    await bench.restart(async () => {
      await bench.admin.query(`update outbox set published_at = null where ${lastFact}`);
    });
    await eventually(() =>
      expect(heard).toEqual([{ kind: 'journal', schoolId: school.id, groupId: school.groupId, date: TODAY }]),
    );
    stop();
  });

  it('lists lessons still to come apart, and neither when they are filled in', async () => {
    const one = await new TestSchool(bench, [TODAY]).tell();
    const own = await one.token('teacher', one.teacher);
    const leader = await one.token('director');
    const { id } = one.lesson(TODAY);
    await eventually(async () =>
      expect((await bench.rpc.call(getLesson, { lessonId: id }, { token: own })).list).toHaveLength(3),
    );
    const missing = (withComing?: boolean) =>
      bench.rpc.call(listMissing, { date: TODAY, withComing }, { token: leader });
    clock.set(MORNING);
    expect(await missing()).toMatchObject({ held: 0, lessons: [], coming: [] });
    expect(await missing(true)).toMatchObject({
      held: 0,
      lessons: [],
      coming: [{ lessonId: id, lacksTopic: true, isOverdue: false }],
    });
    clock.set(NOON);
    expect(await missing(true)).toMatchObject({ held: 1, lessons: [{ lessonId: id }], coming: [] });
    clock.set(MORNING);
    await bench.rpc.call(
      describeLesson,
      { lessonId: id, version: 0, topic: 'Тема', homework: NO_HOMEWORK },
      { token: own },
    );
    await bench.rpc.call(
      recordEntries,
      {
        lessonId: id,
        entries: [{ kind: 'attendance', studentId: one.pupils[0], code: 'ILL', cellVersion: 0 }],
      },
      { token: own, idempotencyKey: crypto.randomUUID() },
    );
    expect(await missing(true)).toMatchObject({ lessons: [], coming: [] });
  });
});
