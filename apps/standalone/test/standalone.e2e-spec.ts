import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@parta/platform-testing';
import {
  moveToSchoolYear,
  packRoster,
  readRosterTables,
  schoolYearOf,
  type RosterTables,
} from '../src/demo/roster-package.js';
import { Client } from './browser-like.js';
import { RunningParta } from './running-parta.js';

const PACKAGE = join(import.meta.dirname, '../../../tools/demo/data/district-oneroster.zip');
const FIRST_START_MS = 420_000;
const LATER_START_MS = 60_000;

interface Lesson {
  lessonId: string;
  groupTitle: string;
}
interface Pupil {
  studentId: string;
  cell: { version: number };
}
interface Job {
  state: string;
  errorCount: number;
  errors: { file: string; row: number | null; field: string | null; code: string }[];
  counts: Record<string, Record<string, number>>;
}

describe('Parta in one process, as npm start runs it', () => {
  let parta: RunningParta;
  let brokenOff: { code: number | null; leftovers: string[]; output: string };
  const as = (role: string) =>
    new Client(parta.url).signIn(parta.account(role).login, parta.account(role).password);

  /** The school's calendar date, so many days ago. */
  async function dayOf(client: Client, daysAgo: number): Promise<string> {
    const { schools } = await client.get<{ schools: { timeZone: string }[] }>('/api/v1/me');
    return new Intl.DateTimeFormat('en-CA', { timeZone: schools[0]!.timeZone }).format(
      Date.now() - daysAgo * 86_400_000,
    );
  }

  /** The latest lesson of the demo's teacher that a child of the demo's guardian was in; the entry window is open for it. */
  async function lessonOfTheChild(
    teacher: Client,
    guardian: Client,
  ): Promise<{ date: string; lessonId: string; pupil: Pupil }> {
    const { children } = await guardian.get<{ children: { studentId: string }[] }>('/api/v1/me');
    for (let daysAgo = 0; daysAgo <= 13; daysAgo += 1) {
      const date = await dayOf(teacher, daysAgo);
      const { lessons } = await teacher.get<{ lessons: Lesson[] }>(`/api/v1/journal/lessons?date=${date}`);
      for (const { lessonId } of lessons) {
        const { list } = await teacher.get<{ list: Pupil[] }>(`/api/v1/journal/lessons/${lessonId}`);
        const pupil = list.find((one) => children.some((child) => child.studentId === one.studentId));
        if (pupil) return { date, lessonId, pupil };
      }
    }
    throw new Error('the demo’s teacher had no lesson with the demo’s child in two weeks');
  }

  beforeAll(async () => {
    parta = await RunningParta.prepare();
    await parta.startUntil(/demo account: director/, FIRST_START_MS);
    const code = await parta.stop('SIGINT');
    brokenOff = { code, leftovers: parta.leftovers(), output: parta.output };
    await parta.start(FIRST_START_MS);
  }, FIRST_START_MS + 10_000);

  afterAll(async () => {
    await parta?.stop();
    parta?.remove();
  }, 60_000);

  it('goes on after a first start that was broken off', () => {
    expect(brokenOff).toMatchObject({ code: 0, leftovers: [] });
    expect(brokenOff.output).not.toContain('did not stop in time');
    expect(parta.output).toContain('demo roster: 0 orgs');
  });

  it('signs in every demo role, and shows each to itself', async () => {
    const { accounts } = parta.demo();
    expect(accounts.map((account) => account.role).sort()).toEqual([
      'administrator',
      'deputy-head',
      'director',
      'group-curator',
      'guardian',
      'homeroom-teacher',
      'regional-operator',
      'secretary',
      'student',
      'teacher',
    ]);
    for (const account of accounts) {
      const client = await new Client(parta.url).signIn(account.login, account.password);
      const me = await client.get<{
        grants: { role: string }[];
        children: unknown[];
        mustChangePassword: boolean;
      }>('/api/v1/me');
      expect(me.grants.map((grant) => grant.role)).toContain(account.role);
      expect(me.mustChangePassword).toBe(false);
      if (account.role === 'guardian') expect(me.children).toHaveLength(2);
    }
  });

  it('has a lesson to mark today, whatever the day', async () => {
    const teacher = await as('teacher');
    expect(
      (await teacher.get<{ lessons: Lesson[] }>(`/api/v1/journal/lessons?date=${await dayOf(teacher, 0)}`))
        .lessons.length,
    ).toBeGreaterThan(0);
  });

  it('brings a mark to the open diary of the family', async () => {
    const [teacher, guardian] = [await as('teacher'), await as('guardian')];
    const { date, lessonId, pupil } = await lessonOfTheChild(teacher, guardian);
    const live = await guardian.live();
    expect(await live.next()).toContain('event: ready');
    const entries = [
      { kind: 'mark', studentId: pupil.studentId, value: '5', cellVersion: pupil.cell.version },
    ];
    const key = { 'idempotency-key': randomUUID() };
    const saved = await teacher.call('POST', `/api/v1/journal/lessons/${lessonId}/entries`, { entries }, key);
    expect(saved.status).toBe(200);
    expect(await live.next()).toContain(pupil.studentId);
    live.close();
    const diary = await guardian.get<{
      days: { lessons: { lessonId: string; marks: { value: string }[] }[] }[];
    }>(`/api/v1/diary/${pupil.studentId}/days?from=${date}&to=${date}`);
    expect(diary.days[0]!.lessons.find((lesson) => lesson.lessonId === lessonId)!.marks.at(-1)!.value).toBe(
      '5',
    );
    const replayed = await teacher.call(
      'POST',
      `/api/v1/journal/lessons/${lessonId}/entries`,
      { entries },
      key,
    );
    expect(replayed.body).toEqual(saved.body);
    const other = [{ ...entries[0], value: '2' }];
    const reused = await teacher.call(
      'POST',
      `/api/v1/journal/lessons/${lessonId}/entries`,
      { entries: other },
      key,
    );
    expect(reused).toMatchObject({ status: 409, body: { code: 'request.idempotency-key-reused' } });
    const stale = await teacher.call(
      'POST',
      `/api/v1/journal/lessons/${lessonId}/entries`,
      { entries: other },
      { 'idempotency-key': randomUUID() },
    );
    expect(stale).toMatchObject({ status: 409, body: { code: 'journal.cell-stale' } });
  });

  it.each([
    ['without a token', null, '/api/v1/me', 401, 'access.unauthenticated'],
    ['a student in the journal (R25)', 'student', '/api/v1/journal/journals', 403, 'access.forbidden'],
    [
      'a guardian in the journal',
      'guardian',
      '/api/v1/journal/missing?date=2026-11-20',
      403,
      'access.forbidden',
    ],
    ['a teacher among the accounts', 'teacher', '/api/v1/people', 403, 'access.forbidden'],
    ['a director at the region’s packages', 'director', '/api/exchange/v1/rosters', 403, 'access.forbidden'],
    [
      'another family’s diary',
      'guardian',
      `/api/v1/diary/${randomUUID()}/days?from=2026-11-20&to=2026-11-20`,
      404,
      'diary.student-not-found',
    ],
    [
      'another class’s lesson',
      'teacher',
      `/api/v1/journal/lessons/${randomUUID()}`,
      404,
      'journal.lesson-not-found',
    ],
    ['a school one has no role in', 'teacher', '/api/v1/journal/journals', 403, 'access.another-school'],
    ['an unknown route', 'teacher', '/api/v1/nothing', 404, 'request.no-such-route'],
    [
      'a field that is not known',
      'teacher',
      '/api/v1/journal/lessons?date=2026-11-20&x=1',
      400,
      'request.invalid',
    ],
    ['a date that is none', 'teacher', '/api/v1/journal/lessons?date=20.11.2026', 400, 'request.invalid'],
  ])('refuses %s with a stable code', async (what, role, path, status, code) => {
    const client = role ? await as(role) : new Client(parta.url);
    const answer = await client.call<{ code: string; correlationId: string }>(
      'GET',
      path,
      undefined,
      what === 'a school one has no role in' ? { 'parta-school': randomUUID() } : {},
    );
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('x-correlation-id')).toBe(answer.body.correlationId);
  });

  it('refuses a body over the limit, a body that is no JSON, and a command without its key', async () => {
    const teacher = await as('teacher');
    const path = `/api/v1/journal/lessons/${randomUUID()}/entries`;
    expect(await teacher.call('POST', path, { entries: 'x'.repeat(300_000) })).toMatchObject({
      status: 413,
      body: { code: 'request.body-too-large' },
    });
    expect(
      await teacher.call('POST', path, new TextEncoder().encode('{'), { 'content-type': 'application/json' }),
    ).toMatchObject({ status: 400, body: { code: 'request.malformed' } });
    expect(await teacher.call('POST', path, { entries: [] })).toMatchObject({
      status: 400,
      body: { code: 'request.idempotency-key-missing' },
    });
  });

  it('rotates the refresh token, and ends the session when an old one comes back', async () => {
    const client = await as('teacher');
    const first = client.cookie!;
    expect(first).toMatch(/^parta_refresh=/);
    expect((await client.call('POST', '/api/v1/session/refresh')).status).toBe(200);
    expect((await client.call('POST', '/api/v1/session/refresh')).status).toBe(200);
    const latest = client.cookie!;
    expect(latest).not.toBe(first);
    client.cookie = first;
    expect(await client.call('POST', '/api/v1/session/refresh')).toMatchObject({
      status: 401,
      body: { code: 'identity.refresh-token-reused' },
    });
    client.cookie = latest;
    expect((await client.call('POST', '/api/v1/session/refresh')).status).toBe(401);
  });

  it('serves the page, the API’s description and its health, and answers If-None-Match', async () => {
    const page = await fetch(`${parta.url}/journal`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const client = await as('director');
    expect((await client.get<{ openapi: string }>('/api/openapi.json')).openapi).toBe('3.1.0');
    expect(await client.get('/health/ready')).toEqual({ status: 'ready' });
    await eventually(async () => {
      const metrics = await (await fetch(`${parta.healthUrl}/metrics`)).text();
      const pending = /parta_outbox_pending\{service="journal"\} (\d+)/.exec(metrics);
      expect(pending?.[1]).toBe('0');
    });
    const first = await client.call('GET', '/api/v1/classes');
    const etag = first.headers.get('etag')!;
    expect((await client.call('GET', '/api/v1/classes', undefined, { 'if-none-match': etag })).status).toBe(
      304,
    );
  });

  describe('the roster', () => {
    let tables: RosterTables;
    let system: Client;

    beforeAll(async () => {
      tables = await readRosterTables(PACKAGE);
      moveToSchoolYear(tables, schoolYearOf(new Date()));
      const { clientId, clientSecret } = parta.demo().region;
      system = await new Client(parta.url).clientCredentials(clientId, clientSecret);
    });

    async function push(content: Uint8Array): Promise<Job> {
      const answer = await system.call<{ id: string }>('POST', '/api/exchange/v1/rosters', content, {
        'content-type': 'application/zip',
        'idempotency-key': randomUUID(),
      });
      expect(answer.status).toBe(202);
      return eventually(
        async () => {
          const job = await system.get<Job>(`/api/exchange/v1/rosters/${answer.body.id}`);
          expect(['queued', 'running']).not.toContain(job.state);
          return job;
        },
        { timeoutMs: 60_000, intervalMs: 200 },
      );
    }

    it('changes nothing when the same package comes again', async () => {
      const job = await push(await packRoster(tables));
      expect(job.state).toBe('applied');
      for (const counts of Object.values(job.counts))
        expect(counts).toMatchObject({ created: 0, updated: 0, ended: 0, rejected: 0 });
    }, 90_000);

    it('refuses a broken package with file, row, field and code, and applies nothing of it', async () => {
      const broken: RosterTables = new Map(
        [...tables].map(([name, rows]) => [name, rows.map((row) => ({ ...row }))]),
      );
      broken.get('users.csv')![4]!.givenName = '';
      broken.get('enrollments.csv')![9]!.classSourcedId = 'nowhere';
      const job = await push(await packRoster(broken));
      expect(job).toMatchObject({ state: 'refused', errorCount: 2 });
      expect(job.errors.map(({ file, row, field, code }) => ({ file, row, field, code }))).toEqual(
        expect.arrayContaining([
          { file: 'users.csv', row: 6, field: 'givenName', code: 'row.missing_required_value' },
          {
            file: 'enrollments.csv',
            row: 11,
            field: 'classSourcedId',
            code: 'reference.missing_target_record',
          },
        ]),
      );
    }, 90_000);

    it('refuses what is no archive at all', async () => {
      expect(await push(readFileSync(new URL(import.meta.url)))).toMatchObject({
        state: 'refused',
        errors: [{ code: 'zip.invalid_archive' }],
      });
    }, 90_000);
  });

  it('goes on after PostgreSQL and NATS were ended from outside, and says so', async () => {
    for (const [name, pidFile] of [
      ['PostgreSQL', 'postgres/postmaster.pid'],
      ['NATS', 'nats/nats-server.pid'],
    ] as const) {
      const [pid] = readFileSync(join(parta.dataDir, pidFile), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGTERM');
      await eventually(() => expect(parta.output).toContain(`${name} is back`), { timeoutMs: 30_000 });
      await eventually(async () => expect(await as('teacher')).toBeDefined(), { timeoutMs: 30_000 });
    }
  }, 120_000);

  it('names a port that is taken', async () => {
    const taken = createServer().listen(0, '0.0.0.0');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const other = await RunningParta.prepare();
    await expect(other.start(LATER_START_MS, { PARTA_PORT: String(port) })).rejects.toThrow(
      new RegExp(`${port}`),
    );
    taken.close();
    expect(other.leftovers()).toEqual([]);
    other.remove();
  }, 90_000);

  it('stops without leaving a process, and starts again in under 15 seconds with its data', async () => {
    await parta.stop('SIGINT');
    expect(parta.leftovers()).toEqual([]);
    expect(await parta.start(LATER_START_MS)).toBeLessThan(15_000);
    await expect(as('teacher')).resolves.toBeDefined();
    expect(await parta.stop('SIGTERM')).toBe(0);
    expect(parta.leftovers()).toEqual([]);
  }, 120_000);
});
