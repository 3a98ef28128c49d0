import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import prettier from 'prettier';
import { commandsOf, contentOf, screensOf } from './actions.js';
import { startBare } from './bare.js';
import { compare, measureParta, type Compared } from './compare.js';
import { makeDistrict, weekOf } from './district.js';
import { startFamilyReceivers } from './family-receivers.js';
import { layData } from './lay-data.js';
import { heardClasses } from './lay-families.js';
import { comingMarks, markToFamily, type ComingMark } from './mark-to-family.js';
import { dearestStatements } from './measure.js';
import { OpenPages, type OpenPage } from './open-pages.js';
import { guardianActorOf, teacherOf, Tokens } from './people.js';
import { consumersAreIdle, OPERATOR, peakOf, startPlatform, type Platform } from './platform.js';
import { brokenCounts, tableOf, writePage, type Results } from './report.js';
import { Region, rosterOf } from './roster.js';
import { signInBesideHashing } from './sign-in.js';

const has = (flag: string): boolean => process.argv.includes(flag);
/** How much is measured: for the page, in a third of the time, or only whether everything can be measured at all. */
const SCALES = {
  full: { schools: 200, seconds: 15, commands: 3000, intakeUsers: 100_000, hasTwo: true },
  quick: { schools: 50, seconds: 5, commands: 1000, intakeUsers: 0, hasTwo: true },
  smoke: { schools: 5, seconds: 1, commands: 200, intakeUsers: 0, hasTwo: false },
};
const scale = has('--smoke') ? 'smoke' : has('--quick') ? 'quick' : 'full';
const { schools: SCHOOLS, seconds: SECONDS, commands: COMMANDS, intakeUsers, hasTwo } = SCALES[scale];
const onlyWrites = has('--only-writes');
const PAGE = 'docs/performance.md';
const FEW_SCHOOLS = 3;
/** Every so many of the marks go to a family whose diary is open. */
const MARKS_PER_OPEN_PAGE = 2;

const say = (line: string): void => void process.stdout.write(`  · ${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'parta-bench-'));
// Under root PostgreSQL runs as another user, who has to pass through.
chmodSync(folder, 0o711);
/** A platform in the folder of this run; the later one goes on where the earlier has stopped. */
const start = (replicas: number, env: NodeJS.ProcessEnv): Promise<Platform> =>
  startPlatform({ folder, replicas, env, countsStatements: true, step: say });
const stops: (() => Promise<unknown> | void)[] = [];
const end = async (code: number): Promise<never> => {
  for (const stop of stops.splice(0).reverse()) await Promise.resolve(stop()).catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(1));

try {
  if (has('--only-intake')) {
    const platform = await start(1, {});
    stops.push(() => platform.stop());
    say(JSON.stringify(await takeIn(platform, await Region.open(platform.running.url, OPERATOR))));
    await end(0);
  }
  const results = await run();
  process.stdout.write(`\n${tableOf(results)}\n\n`);
  const broken = brokenCounts(results);
  if (broken.length > 0) throw new Error(`what no machine excuses: ${broken.join('; ')}`);
  if (scale !== 'smoke' && !has('--no-page')) {
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

async function run(): Promise<Results> {
  const loadBefore = loadavg()[0]!;
  const receivers = await startFamilyReceivers();
  stops.push(() => receivers.stop());
  let platform = await start(1, receivers.env);
  stops.push(() => platform.stop());
  const restMegabytes = platform.megabytes();
  const { running, admin, bus } = platform;
  const { adminUrl, urls, natsUrl, secrets } = running.installation;
  const tokens = await Tokens.of(secrets.signingKey);

  const region = await Region.open(running.url, OPERATOR);
  const roster = await region.push(running.url, await rosterOf());
  say(`demo roster applied in ${roster.seconds.toFixed(1)} s`);
  const signIn = onlyWrites ? undefined : await signInBesideHashing(running.url, admin, OPERATOR);

  const today = new Date();
  const lay = async (from: number, to: number): Promise<number> => {
    const startedAt = Date.now();
    const rows = await layData(adminUrl, makeDistrict(today, { from, to }));
    say(`${rows} rows laid in ${Math.round((Date.now() - startedAt) / 1000)} s`);
    return rows;
  };
  let rows = await lay(0, FEW_SCHOOLS);
  const few = makeDistrict(today, { from: 0, to: FEW_SCHOOLS });
  const withFew: Results['withFew'] = [];
  // The demo's roster is not to be measured with what comes next.
  await consumersAreIdle(bus);
  if (!onlyWrites)
    for (const screen of await screensOf(few, tokens))
      withFew.push(await measureParta(screen, platform, SECONDS));
  rows += await lay(FEW_SCHOOLS, SCHOOLS);
  const district = makeDistrict(today, { from: 0, to: SCHOOLS });

  const content = await contentOf(
    district,
    adminUrl,
    { natsUrl, tokenKeys: secrets.tokenKeys },
    (service) => urls[service]!.runtime,
  );
  const bare = await startBare(folder, content);
  stops.push(() => bare.stop());
  const actions: Compared[] = [];
  if (!onlyWrites)
    for (const screen of await screensOf(district, tokens))
      actions.push(await compare(screen, platform, bare, SECONDS, say));

  if (has('--statements')) await admin.query('select pg_stat_statements_reset()');
  actions.push(await compare(await commandsOf(district, tokens, COMMANDS), platform, bare, SECONDS, say));
  if (has('--statements')) for (const line of await dearestStatements(admin)) say(line);
  await bare.stop();

  await consumersAreIdle(bus);
  const marks = comingMarks(heardClasses(district), SECONDS);
  const pages = new OpenPages(running.url);
  stops.push(() => pages.close());
  for (const mark of marks.filter((_, at) => at % MARKS_PER_OPEN_PAGE === 0))
    await pages.open(await diaryOn(mark, today, tokens));
  const journey = await markToFamily(
    running.url,
    bus,
    marks,
    (one) => tokens.of(teacherOf(one)),
    pages,
    receivers,
  );
  pages.close();
  await consumersAreIdle(bus);

  const results: Results = {
    schools: SCHOOLS,
    fewSchools: FEW_SCHOOLS,
    actions,
    withFew,
    journey,
    roster,
    signIn,
    rows,
    restMegabytes,
    loadBefore,
    isQuick: scale !== 'full',
  };
  if (onlyWrites || !hasTwo) return results;

  await platform.stop();
  platform = await start(2, receivers.env);
  results.withTwo = await measureWithTwo(platform, district, tokens);
  if (!intakeUsers) return results;
  say(`\n${tableOf(results)}\n`);
  results.intake = await takeIn(platform, region);
  return results;
}

/** The diary of the family of the mark, on the week of its lesson. */
async function diaryOn(mark: ComingMark, today: Date, tokens: Tokens): Promise<OpenPage> {
  const { one, studentId, lessonId } = mark;
  const token = await tokens.of(guardianActorOf(one.schoolId, studentId));
  return { studentId, lessonId, token, ...weekOf(today) };
}

/** A package of a large region, and how much memory the service that takes it in came to. */
async function takeIn(platform: Platform, region: Region): Promise<NonNullable<Results['intake']>> {
  const large = await region.push(platform.running.url, await rosterOf(intakeUsers));
  const intakes = Object.entries(platform.pids).filter(([name]) => name.startsWith('contingent'));
  return { ...large, peakMegabytes: Math.max(...intakes.map(([, pid]) => peakOf(pid))) };
}

async function measureWithTwo(
  platform: Platform,
  district: ReturnType<typeof makeDistrict>,
  tokens: Tokens,
): Promise<Results['withTwo']> {
  const measured: Results['withTwo'] = [];
  const screens = await screensOf(district, tokens);
  // The others have worked for minutes before they were measured; these have just started, with an empty cache.
  for (const one of screens) await measureParta(one, platform, SECONDS);
  for (const one of [...screens, await commandsOf(district, tokens, COMMANDS, 1)]) {
    measured.push(await measureParta(one, platform, SECONDS));
    await consumersAreIdle(platform.bus);
  }
  return measured;
}
