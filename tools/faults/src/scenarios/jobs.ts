import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { moveToSchoolYear, packRoster, readRosterTables, schoolYearOf } from '@parta/standalone/demo';
import { eventually } from '../eventually.js';
import { OPERATOR } from '../platform.js';
import type { Fault, Suite } from '../suite.js';

const PACKAGE = fileURLToPath(new URL('../../../demo/data/district-oneroster.zip', import.meta.url));
/** Long work of a machine that has other things to do. */
const LONG_MS = 300_000;
/** Who keeps a copy of each pupil, and where. */
const COPIES = [
  ['identity', `(select person_id as id from identity.people where kind = 'student')`],
  ['journal', 'journal.students'],
  ['diary', 'diary.students'],
  ['notifications', 'notifications.students'],
  ['reporting', 'reporting.students'],
] as const;

let jobId = '';
let token = '';

/** Long work in the background whose worker dies. */
export const killedJobs: Fault[] = [
  {
    name: 'contingent killed in the middle of a roster of 2,155 people',
    needsReporting: true,
    async breakIt(suite) {
      const { platform } = suite;
      token = await clientToken(suite);
      const tables = await readRosterTables(PACKAGE);
      moveToSchoolYear(tables, schoolYearOf(new Date()));
      const { id } = await call<{ id: string }>(
        suite,
        'POST',
        '/api/exchange/v1/rosters',
        token,
        'application/zip',
        new Uint8Array(await packRoster(tables)),
      );
      jobId = id;
      await eventually(
        'the roster to be half read',
        async () => {
          const [job] = await platform.rows<{ state: string; progress: number }>(
            'select state, progress from contingent.roster_jobs where id = $1',
            [id],
          );
          return job?.state === 'running' && job.progress > 20
            ? null
            : `it is ${job?.state}, ${job?.progress} %`;
        },
        LONG_MS,
        20,
      );
      platform.kill('contingent');
    },
    async mendIt(suite) {
      await eventually(
        'the roster to be applied',
        async () => {
          const job = await call<{ state: string }>(suite, 'GET', `/api/exchange/v1/rosters/${jobId}`, token);
          return job.state === 'applied' ? null : `it is ${job.state}`;
        },
        LONG_MS,
      );
    },
    async check({ platform }) {
      const pupils = 'contingent.students';
      for (const [service, table] of COPIES) {
        await eventually(
          `${service} to know every pupil once`,
          async () => {
            const [counts] = await platform.rows<{ pupils: number; copies: number; known: number }>(
              `select count(*)::int as pupils, count(c.id)::int as copies, count(distinct c.id)::int as known
               from ${pupils} p left join ${table} c on c.id = p.person_id`,
            );
            return counts!.pupils === counts!.copies && counts!.copies === counts!.known
              ? null
              : JSON.stringify(counts);
          },
          LONG_MS,
        );
      }
    },
  },
  {
    name: 'reporting killed while it makes a report',
    needsReporting: true,
    async breakIt(suite) {
      const { platform, schools } = suite;
      const { schoolId, teachers } = schools[0]!;
      const { personId, lessons } = teachers[0]!;
      const teacher = await platform.tokenOf([{ role: 'teacher', schoolId, personId }]);
      const holder = await platform.connection();
      try {
        await holder.query('begin');
        await holder.query('lock table reporting.marks in access exclusive mode');
        await call(
          suite,
          'POST',
          '/api/v1/reports',
          teacher,
          'application/json',
          JSON.stringify({
            kind: 'class-subject-journal',
            groupId: lessons[0]!.groupId,
            from: lessons.at(-1)!.date,
            to: lessons[0]!.date,
          }),
        );
        await eventually('the report to be begun', async () =>
          (await platform.count('reporting.report_jobs', `state = 'running'`)) > 0 ? null : 'it waits',
        );
        await platform.untilBlocked('reporting');
        platform.kill('reporting');
      } finally {
        await holder.end();
      }
    },
    async check({ platform }) {
      await eventually('the report to be there once', async () => {
        const rows = await platform.rows<{ state: string }>('select state from reporting.report_jobs');
        return rows.length === 1 && rows[0]!.state === 'done' ? null : JSON.stringify(rows);
      });
    },
  },
];

async function clientToken(suite: Suite): Promise<string> {
  const json = (path: string, body: object, bearer?: string): Promise<Record<string, string>> =>
    call(suite, 'POST', path, bearer, 'application/json', JSON.stringify(body));
  const { accessToken } = await json('/api/v1/session', OPERATOR);
  const region = await json(
    '/api/v1/clients',
    { name: 'Region', scopes: ['roster.write', 'roster.read'] },
    accessToken,
  );
  const answer = await json('/oauth/token', {
    grant_type: 'client_credentials',
    client_id: region.clientId,
    client_secret: region.clientSecret,
  });
  return answer.access_token!;
}

async function call<T>(
  { platform }: Suite,
  method: string,
  path: string,
  bearer?: string,
  type?: string,
  body?: string | Uint8Array<ArrayBuffer>,
): Promise<T> {
  const answer = await fetch(`${platform.url}${path}`, {
    method,
    body,
    headers: {
      'idempotency-key': randomUUID(),
      ...(type && { 'content-type': type }),
      ...(bearer && { authorization: `Bearer ${bearer}` }),
    },
  });
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}
