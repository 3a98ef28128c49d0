// A day of a region pressed into some minutes. See docs/performance.md.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import prettier from 'prettier';
import { cpuOf, dearestStatements } from '../measure.js';
import { consumersAreIdle, startPlatform } from '../platform.js';
import { layAccounts } from './accounts.js';
import { dayReport, PAGE, writeDay } from './day-report.js';
import { layRegion } from './lay-region.js';
import { countsOf, ledgerOf } from './ledger.js';
import { planOf } from './plan.js';
import { Players } from './players.js';
import { makeRegion } from './region.js';
import { warmUp } from './warm-up.js';

const { values: options } = parseArgs({
  options: {
    schools: { type: 'string', default: '200' },
    minutes: { type: 'string', default: '20' },
    replicas: { type: 'string', default: '1' },
    'quarter-end': { type: 'boolean', default: false },
    'no-page': { type: 'boolean', default: false },
    statements: { type: 'boolean', default: false },
  },
});
const schools = Number(options.schools);
const minutes = Number(options.minutes);
const isQuarterEnd = options['quarter-end'];

const say = (line: string): void => void process.stdout.write(`  · ${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'parta-day-'));
// Under root PostgreSQL runs as another user, who has to pass through.
chmodSync(folder, 0o711);
const stops: (() => Promise<unknown>)[] = [];
const end = async (code: number): Promise<never> => {
  for (const stop of stops.splice(0).reverse()) await stop().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(1));

try {
  // Sessions that are laid as used just now last for the day, however long it is played.
  const env = { PARTA_IDLE_MINUTES: String(Math.ceil(minutes) + 60) };
  const platform = await startPlatform({
    folder,
    replicas: Number(options.replicas),
    env,
    countsStatements: options.statements,
    step: say,
  });
  stops.push(() => platform.stop());
  const { running, admin, bus, pids } = platform;
  const { adminUrl } = running.installation;
  const region = makeRegion(schools, new Date());
  const accounts = await layAccounts(adminUrl, region);
  const rows = await layRegion(adminUrl, region);
  say(`${rows} rows of ${schools} schools laid`);

  const plan = planOf(region, accounts.teachers.values(), minutes * 60_000, isQuarterEnd);
  say(`${plan.length} deeds of a day in ${minutes} minutes`);

  await warmUp(running.url, region, accounts);
  await consumersAreIdle(bus);
  const before = await countsOf(admin);
  if (options.statements) await admin.query('select pg_stat_statements_reset()');
  const startedAt = performance.now();
  const cpuBefore = cpuOf(Object.values(pids));
  const day = await new Players(running.url, region, accounts).play(plan, (share, failures) =>
    say(`${Math.round(share * 100)} %, ${failures} failures`),
  );
  const cpuSeconds = cpuOf(Object.values(pids)) - cpuBefore;
  const playedSeconds = (performance.now() - startedAt) / 1000;
  await consumersAreIdle(bus);
  if (options.statements) for (const line of await dearestStatements(admin)) say(line);
  const ledger = await ledgerOf(admin, day, before);
  const report = {
    schools,
    pupils: region.classes.reduce((sum, one) => sum + one.pupils.length, 0),
    minutes,
    isQuarterEnd,
    day,
    ledger,
    cpuSeconds,
    playedSeconds,
  };
  const { text, isWhole } = dayReport(report);
  process.stdout.write(`\n${text}\n\n`);
  if (!options['no-page']) {
    writeDay(text, isQuarterEnd);
    const config = await prettier.resolveConfig(PAGE);
    writeFileSync(PAGE, await prettier.format(readFileSync(PAGE, 'utf8'), { ...config, filepath: PAGE }));
    say(`${PAGE} is written.`);
  }
  await end(isWhole ? 0 : 1);
} catch (error) {
  process.stderr.write(`\nThe day ended: ${(error as Error).stack}\n`);
  await end(1);
}
