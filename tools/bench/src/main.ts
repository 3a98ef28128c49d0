import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { diaryService } from '@parta/diary';
import { journalService } from '@parta/journal';
import { freePort } from '@parta/platform-embedded';
import { Bus } from '@parta/platform-messaging';
import { Actor, TokenSigner } from '@parta/platform-rpc';
import { startProcesses, type RunningProcesses } from '@parta/standalone/processes';
import { Client } from 'pg';
import prettier from 'prettier';
import { capture } from './capture.js';
import { dayBefore, idOf, lessonOf, makeDistrict, SHAPE, type BenchClass } from './district.js';
import { layData } from './lay-data.js';
import { markToDiary } from './mark-to-diary.js';
import { commitsOf, dearestStatements, measure, type Measured, type Side } from './measure.js';
import { tableOf, writePage, type Action, type Results } from './report.js';
import { applyDemoRoster } from './roster.js';

const isQuick = process.argv.includes('--quick');
const onlyWrites = process.argv.includes('--only-writes');
const showsStatements = process.argv.includes('--statements');
const isKept = process.argv.includes('--no-page');
const SECONDS = isQuick ? 5 : 15;
const OPERATOR = { login: 'operator', password: 'bench-operator-2026' };
const PAGE = 'docs/performance.md';
const DAYS_OF_A_WEEK = 6;
/** as many commands as either side is sent; each into a lesson of its own */
const COMMANDS = isQuick ? 1000 : 3000;
const LIMITLESS = String(1e9);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'parta-bench-'));
// Under root PostgreSQL runs as another user, who has to pass through.
chmodSync(folder, 0o711);
const loadBefore = loadavg()[0]!;
let parta: RunningProcesses | undefined;
const stops: (() => Promise<unknown>)[] = [];
const end = async (code: number): Promise<never> => {
  for (const stop of stops.splice(0).reverse()) await stop().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(1));

try {
  const port = await freePort();
  parta = await startProcesses({
    dataDir: folder,
    port,
    databasePort: await freePort(),
    natsPort: await freePort(),
    healthPort: 10_000 + (port % 10_000),
    timeZone: 'Europe/Moscow',
    firstOperator: OPERATOR,
    databaseSettings: {
      shared_preload_libraries: 'pg_stat_statements',
      'pg_stat_statements.track_planning': 'on',
    },
    env: {
      ...(process.env.PARTA_BENCH_NODE_OPTIONS && { NODE_OPTIONS: process.env.PARTA_BENCH_NODE_OPTIONS }),
      PARTA_REQUESTS_PER_MINUTE: LIMITLESS,
      PARTA_REQUESTS_PER_MINUTE_PER_ADDRESS: LIMITLESS,
    },
    step: (line) => say(`  · ${line}`),
  });
  const running = parta;
  stops.push(() => running.stop());
  const { adminUrl, urls, natsUrl, secrets, serverPids } = running.installation;
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  stops.push(() => admin.end());
  await admin.query('create extension if not exists pg_stat_statements');
  const partaProcesses = {
    ...Object.fromEntries(running.processes.map((one) => [one.name, one.pid!])),
    postgres: serverPids[0]!,
    nats: serverPids[1]!,
  };
  const restMegabytes = megabytesOf(Object.values(partaProcesses));

  const rosterSeconds = await applyDemoRoster(running.url, OPERATOR);
  say(`  · demo roster applied in ${rosterSeconds.toFixed(1)} s`);

  const district = makeDistrict(new Date());
  const startedAt = Date.now();
  const rows = await layData(adminUrl, district);
  say(`  · ${rows} rows laid in ${Math.round((Date.now() - startedAt) / 1000)} s`);

  const signer = await TokenSigner.fromJwk(secrets.signingKey);
  const actorOf = (one: BenchClass): Actor =>
    new Actor(
      'account',
      idOf(one.teacherId, 'account'),
      'Иванова Мария',
      randomUUID(),
      [{ role: 'teacher', schoolId: one.schoolId, personId: one.teacherId }],
      [],
    );
  const guardianOf = (one: BenchClass, studentId: string): Actor =>
    new Actor(
      'account',
      idOf(studentId, 'guardian'),
      'Мама',
      randomUUID(),
      [
        {
          role: 'guardian',
          schoolId: one.schoolId,
          personId: idOf(studentId, 'person'),
          studentIds: [studentId],
        },
      ],
      [],
    );
  const tokens = new Map<string, string>();
  const tokenOf = async (actor: Actor): Promise<string> => {
    let token = tokens.get(actor.id);
    if (!token) tokens.set(actor.id, (token = await signer.sign(actor, 7200, new Date())));
    return token;
  };

  // Pages of all schools, one after another: no side is to live off one page in the cache.
  const shown = district.classes.filter((_, at) => at % 4 === 0);
  const from = dayBefore(district.today, SHAPE.lessonsPerPage * 2);
  const to = dayBefore(district.today, 0);
  const weekFrom = dayBefore(district.today, DAYS_OF_A_WEEK);
  const surroundings = { natsUrl, tokenKeys: secrets.tokenKeys };
  const pages = await capture(
    journalService(),
    { ...surroundings, databaseUrl: urls.journal!.runtime },
    'GetJournalPage',
    shown.map((one) => ({ input: { groupId: one.groupId, from, to }, actor: actorOf(one) })),
  );
  const weeks = await capture(
    diaryService(),
    { ...surroundings, databaseUrl: urls.diary!.runtime },
    'ListDays',
    shown.map((one) => ({
      input: { studentId: one.pupils[0]!, from: weekFrom, to },
      actor: guardianOf(one, one.pupils[0]!),
    })),
  );

  const contentFile = join(folder, 'yardstick.json');
  writeFileSync(
    contentFile,
    JSON.stringify({
      databaseUrl: adminUrl,
      pages: pages.statements,
      weeks: weeks.statements,
      weekFrames: weeks.answers.map((answer) => ({ ...answer, days: undefined })),
    }),
  );
  const yardstick = spawn(process.execPath, [join(import.meta.dirname, 'yardstick.js'), contentFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  stops.push(async () => {
    const gone = once(yardstick, 'exit');
    yardstick.kill();
    await gone;
  });
  const yardstickUrl = String((await once(yardstick.stdout, 'data'))[0]).trim();
  const yardstickProcesses = { yardstick: yardstick.pid!, postgres: serverPids[0]! };

  const get = (
    path: string,
    token?: string,
  ): { method: 'GET'; path: string; headers?: Record<string, string> } => ({
    method: 'GET',
    path,
    ...(token && { headers: { authorization: `Bearer ${token}` } }),
  });
  const beside = async (
    name: string,
    bar: number,
    statementBar: number | undefined,
    own: Side,
    bare: Side,
    amount?: number,
  ): Promise<Action> => {
    const about = { seconds: SECONDS, admin, amount };
    const bareFirst = await measure(bare, {
      ...about,
      url: yardstickUrl,
      amount: amount && Math.floor(amount / 2),
    });
    const measured = await measure(own, { ...about, url: running.url });
    const bareLast = await measure(
      { ...bare, requests: amount ? bare.requests.slice(Math.floor(amount / 2)) : bare.requests },
      { ...about, url: yardstickUrl, amount: amount && Math.floor(amount / 2) },
    );
    // The machine may have other work: the yardstick is the mean of before and after.
    const mean = meanOf(bareFirst, bareLast);
    if (measured.failures || mean.failures)
      throw new Error(`${name}: ${measured.failures} and ${mean.failures} requests failed`);
    say(
      `  · ${name}: ${measured.perSecond.toFixed(0)}/s beside ${mean.perSecond.toFixed(0)}/s, ratio ${(measured.perSecond / mean.perSecond).toFixed(2)}`,
    );
    return { name, parta: measured, yardstick: mean, bar, statementBar };
  };

  const actions: Action[] = [];
  if (!onlyWrites)
    actions.push(
      await beside(
        'journal page, 30 pupils × 60 lessons, 900 entries',
        0.5,
        10,
        {
          processes: partaProcesses,
          role: 'journal',
          requests: await Promise.all(
            shown.map(async (one) =>
              get(
                `/api/v1/journal/journals/${one.groupId}/page?from=${from}&to=${to}`,
                await tokenOf(actorOf(one)),
              ),
            ),
          ),
        },
        {
          processes: yardstickProcesses,
          role: 'postgres',
          requests: shown.map((_, at) => get(`/page/${at}`)),
        },
      ),
      await beside(
        'diary week',
        0.5,
        10,
        {
          processes: partaProcesses,
          role: 'diary',
          requests: await Promise.all(
            shown.map(async (one) =>
              get(
                `/api/v1/diary/${one.pupils[0]}/days?from=${weekFrom}&to=${to}`,
                await tokenOf(guardianOf(one, one.pupils[0]!)),
              ),
            ),
          ),
        },
        {
          processes: yardstickProcesses,
          role: 'postgres',
          requests: shown.map((_, at) => get(`/week/${at}`)),
        },
      ),
    );

  if (showsStatements) await admin.query('select pg_stat_statements_reset()');
  const commitsBefore = await commitsOf(admin, 'journal');
  const lessons = Array.from({ length: 64 }, (_, lesson) =>
    district.classes.map((one) => ({ one, lesson })),
  ).flat();
  const entriesOf = (one: BenchClass) =>
    one.pupils
      .slice(0, 25)
      .map((studentId, at) =>
        at % 5 === 0
          ? { kind: 'attendance', studentId, cellVersion: 0, code: 'ILL' }
          : { kind: 'mark', studentId, cellVersion: 0, value: String(3 + (at % 3)) },
      );
  actions.push(
    await beside(
      '25 marks and absences as one durable command',
      0.35,
      undefined,
      {
        processes: partaProcesses,
        role: 'journal',
        requests: await Promise.all(
          lessons.slice(0, COMMANDS).map(async ({ one, lesson }) => ({
            method: 'POST' as const,
            path: `/api/v1/journal/lessons/${lessonOf(one.emptyGroupId, lesson)}/entries`,
            headers: {
              authorization: `Bearer ${await tokenOf(actorOf(one))}`,
              'content-type': 'application/json',
              'idempotency-key': randomUUID(),
            },
            body: JSON.stringify({ entries: entriesOf(one) }),
          })),
        ),
      },
      {
        processes: yardstickProcesses,
        role: 'postgres',
        requests: lessons.slice(COMMANDS, COMMANDS * 2).map(({ one, lesson }) => ({
          method: 'POST' as const,
          path: '/entries',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            schoolId: one.schoolId,
            lessonId: lessonOf(one.emptyGroupId, lesson),
            workTypeId: idOf(one.schoolId, 'work-type', 0),
            accountId: idOf(one.teacherId, 'account'),
            entries: entriesOf(one),
          }),
        })),
      },
      COMMANDS,
    ),
  );
  const commitsPerCommand = ((await commitsOf(admin, 'journal')) - commitsBefore) / COMMANDS;

  if (showsStatements) for (const line of await dearestStatements(admin)) say(line);

  const bus = await Bus.connect(natsUrl, 'bench');
  stops.push(() => bus.close());
  await consumersAreIdle(bus);
  const latencies: Results['latencies'] = [];
  const latency = await markToDiary(
    running.url,
    bus,
    district.classes,
    (one) => tokenOf(actorOf(one)),
    SECONDS,
    70,
  );
  latencies.push({ entries: 1, latency });

  const results: Results = {
    actions,
    commitsPerCommand,
    latencies,
    rosterSeconds,
    rows,
    restMegabytes,
    loadBefore,
    isQuick,
  };
  say(`\n${tableOf(results)}\n`);
  if (!isKept) {
    writePage(PAGE, results);
    const options = await prettier.resolveConfig(PAGE);
    writeFileSync(PAGE, await prettier.format(readFileSync(PAGE, 'utf8'), { ...options, filepath: PAGE }));
    say(`${PAGE} is written.`);
  }
  await end(0);
} catch (error) {
  process.stderr.write(`\nThe bench ended: ${(error as Error).stack}\n`);
  await end(1);
}

function meanOf(a: Measured, b: Measured): Measured {
  const pairs = Object.entries(a).map(([key, value]) => {
    const other = b[key as keyof Measured];
    return [key, typeof value === 'number' && typeof other === 'number' ? (value + other) / 2 : value];
  });
  return Object.fromEntries(pairs) as Measured;
}

/** What the commands have left to the consumers is not to be measured with the next. */
async function consumersAreIdle(bus: Bus): Promise<void> {
  for (;;) {
    let waiting = 0;
    for await (const stream of bus.manager.streams.list())
      for await (const consumer of bus.manager.consumers.list(stream.config.name))
        waiting += consumer.num_pending + consumer.num_ack_pending;
    if (waiting === 0) return;
    await delay(200);
  }
}

/** Proportional set size: memory that processes share is counted once. */
function megabytesOf(pids: readonly number[]): number {
  let kilobytes = 0;
  for (const pid of pids) {
    const found = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    kilobytes += Number(found?.[1] ?? 0);
  }
  return Math.round(kilobytes / 1024);
}
