import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Comparison } from './compare.js';
import { eventually } from './eventually.js';
import { Ledger } from './ledger.js';
import { Load } from './load.js';
import { Office } from './office/office.js';
import { Platform } from './platform.js';
import { requestsOf, tableOf } from './report.js';
import { faults } from './scenarios/all.js';
import { redriveAll } from './scenarios/facts.js';
import { inventSchools, subscribeFamilies, tellOf, type Teacher } from './schools.js';
import { runFault, type Fault, type FaultResult, type Suite } from './suite.js';

const isQuick = process.argv.includes('--quick');
/** A pattern of names, for whoever looks into one. */
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
const SCHOOLS = 3;
const STOPPED_MS = isQuick || only ? 0 : 600_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const platform = new Platform();
let isEnding = false;
const end = async (code: number): Promise<never> => {
  if (!isEnding) {
    isEnding = true;
    await platform.stop().catch((error: unknown) => say(`could not stop: ${String(error)}`));
  }
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(1));

const results: FaultResult[] = [];
let code = 0;
try {
  const startedAt = Date.now();
  const suite = await open();
  say(`started in ${Math.round((Date.now() - startedAt) / 1000)} s`);
  const brokenAt = Date.now();
  const chosen = faults.filter((fault) =>
    only ? new RegExp(only).test(fault.name) : isQuick ? fault.isQuick : !fault.isQuickOnly,
  );
  await runAll(suite, chosen, brokenAt);
  await Promise.all([suite.load.pause(), suite.office.pause()]);
  say(`\n${tableOf(results)}\n\n${requestsOf(suite.load, suite.office)}`);
  say(`\n${Math.round((Date.now() - brokenAt) / 1000)} s`);
} catch (error) {
  say(`\n${(error as Error).stack}`);
  code = 1;
}
const failed = results.filter(({ state }) => state === 'failed');
for (const { name, problem } of results.filter(({ state }) => state === 'not run'))
  say(`not run: ${name}: ${problem}`);
if (failed.length > 0 || code > 0) {
  const file = `/tmp/parta-faults-${process.pid}.log`;
  writeFileSync(file, platform.log.join('\n'));
  say(`what the processes said: ${file}`);
}
say(`\n${results.filter(({ state }) => state === 'passed').length} passed, ${failed.length + code} failed`);
await end(failed.length + code > 0 ? 1 : 0);

async function open(): Promise<Suite> {
  await platform.start();
  const [quietSchool, ...schools] = inventSchools(SCHOOLS + 1).reverse();
  await tellOf([quietSchool!, ...schools], platform.bus);
  const teachers = schools.flatMap((school) => school.teachers);
  const lessons = teachers.reduce((sum, teacher) => sum + teacher.lessons.length, 0);
  for (const service of ['journal', 'diary'])
    await eventually(`${service} to know the schools`, async () => {
      const known = await platform.count(`${service}.lessons`);
      return known >= lessons ? null : `${known} lessons of ${lessons}`;
    });
  await eventually('notifications to know the families', async () =>
    (await platform.count('notifications.guardian_children')) >=
    schools.reduce((sum, { families }) => sum + families.size, 0)
      ? null
      : 'not all',
  );
  await subscribeFamilies(schools, platform.admin);
  const tokens = new Map<Teacher, string>();
  for (const teacher of teachers)
    tokens.set(
      teacher,
      await platform.tokenOf([{ role: 'teacher', schoolId: teacher.schoolId, personId: teacher.personId }]),
    );
  const readers = await Promise.all(
    schools.map(async ({ schoolId, families }) => {
      const [studentId, { personId }] = [...families][0]!;
      return {
        studentId,
        token: await platform.tokenOf([{ role: 'guardian', schoolId, personId, studentIds: [studentId] }]),
      };
    }),
  );
  const ledger = new Ledger(schools);
  const office = new Office(platform, ledger.violations);
  await office.open();
  const load = new Load(teachers, readers, {
    url: platform.door,
    ledger,
    tokenOf: (teacher) => tokens.get(teacher)!,
    pauseMs: isQuick ? 700 : 1200,
  });
  return {
    platform,
    schools,
    quietSchool: quietSchool!,
    load,
    office,
    ledger,
    comparison: new Comparison(
      platform,
      ledger,
      schools.map(({ schoolId }) => schoolId),
    ),
    operatorToken: await platform.tokenOf([{ role: 'regional-operator', schoolId: null, personId: null }]),
    stopped: [],
    isQuick,
  };
}

/** Runs the faults, with reporting stopped from the first to the last and for ten minutes at least; then it catches up. */
async function runAll(suite: Suite, chosen: readonly Fault[], brokenAt: number): Promise<void> {
  if (only) return void (await run(suite, chosen));
  platform.stopService('reporting');
  suite.stopped.push('reporting');
  const passed = await run(
    suite,
    chosen.filter((fault) => !fault.needsReporting),
  );
  if (!passed) return;
  const rest = STOPPED_MS - (Date.now() - brokenAt);
  if (rest > 0) {
    suite.load.start();
    await delay(rest);
    await suite.load.pause();
  }
  const seconds = Math.round((Date.now() - brokenAt) / 1000);
  const caughtUp = await run(suite, [
    {
      name: `reporting stopped for ${seconds} s (${suite.ledger.entries} entries), catching up`,
      breakIt: () => Promise.resolve(),
      lasts: 0,
      mendIt() {
        suite.stopped = [];
        platform.resumeService('reporting');
        return Promise.resolve();
      },
      // It meets the poison now that the others have met before.
      check: redriveAll,
    },
  ]);
  if (caughtUp)
    await run(
      suite,
      chosen.filter((fault) => fault.needsReporting),
    );
}

/** @returns whether all passed; what follows a failure would only repeat its cause */
async function run(suite: Suite, chosen: readonly Fault[]): Promise<boolean> {
  for (const fault of chosen) {
    const result = await runFault(fault, suite);
    results.push(result);
    const sign = { passed: '✓', failed: '✗', 'not run': '–' }[result.state];
    say(`${sign} ${fault.name}: ${result.entries} entries, whole in ${(result.wholeMs / 1000).toFixed(1)} s`);
    if (result.state === 'failed') {
      say(result.problem!);
      return false;
    }
  }
  return true;
}
