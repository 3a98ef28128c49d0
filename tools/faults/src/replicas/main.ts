import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Comparison } from '../compare.js';
import { eventually } from '../eventually.js';
import { Ledger } from '../ledger.js';
import { Load, type Answers } from '../load.js';
import { inventSchools, subscribeFamilies, tellOf, type Teacher } from '../schools.js';
import { Balancer } from './balancer.js';
import { chance } from './chance.js';
import { Many } from './many.js';

/*
 * Two replicas of every service and of the gateway on three nodes of NATS. First each process is restarted in its turn, as for
 * an upgrade; then one process, by chance, is killed (kill -9) every 20 seconds for ten minutes. Teachers enter and families read
 * all the while, through a balancer before the gateways. No request may fail, and no acknowledged entry be lost or doubled.
 * PostgreSQL runs once and is not among the victims; what its end means the fault suite tries.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    every: { type: 'string' },
    seed: { type: 'string' },
    'without-upgrade': { type: 'boolean', default: false },
    /** a proxy of one's own before the gateways at the first two ports */
    door: { type: 'string' },
  },
});
const seconds = Number(values.seconds ?? (values.quick ? 24 : 600));
const every = Number(values.every ?? (values.quick ? 8 : 20));
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const SCHOOLS = 4;
const SETTLE_MS = 180_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const many = new Many(values.quick);
const consumers = values.quick ? (['diary'] as const) : (['diary', 'reporting'] as const);
let balancer: Balancer | undefined;
let isEnding = false;
const end = async (code: number): Promise<never> => {
  if (!isEnding) {
    isEnding = true;
    balancer?.stop();
    await many.stop().catch((error: unknown) => say(`could not stop: ${String(error)}`));
  }
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(1));

const problems: string[] = [];
let checks = 0;
const check = (what: string, problem: string | null | false): void => {
  checks += 1;
  say(`${problem ? '✗' : '✓'} ${what}${problem ? `: ${problem}` : ''}`);
  if (problem) problems.push(what);
};

try {
  say(`seed ${seed}`);
  const startedAt = Date.now();
  await many.start();
  balancer = new Balancer(many.running.urls);
  const { load, ledger, comparison } = await open(balancer);
  await eventually('everything to be whole', () => many.notWhole(), SETTLE_MS);
  say(`started in ${Math.round((Date.now() - startedAt) / 1000)} s: ${many.victims.length} processes`);

  if (!values['without-upgrade']) {
    load.start();
    await upgrade();
    await load.pause();
    report('after each process was restarted in its turn', load);
    await settle(ledger, comparison);
  }
  const before = snapshot(load);
  load.start();
  const kills = await killByChance();
  await load.pause();
  report(`after ${kills} kills`, load, before);
  await settle(ledger, comparison);
} catch (error) {
  check('the run came to its end', (error as Error).stack ?? String(error));
}
if (problems.length > 0) {
  const file = `/tmp/parta-replicas-${process.pid}.log`;
  writeFileSync(file, many.log.join('\n'));
  say(`what the processes said: ${file}`);
}
say(`\n${checks - problems.length} passed, ${problems.length} failed`);
await end(problems.length > 0 ? 1 : 0);

const throughDoor = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`${values.door}${path}`, init);

async function open({ fetch }: Balancer): Promise<{ load: Load; ledger: Ledger; comparison: Comparison }> {
  const schools = inventSchools(SCHOOLS);
  await tellOf(schools, many.bus);
  const teachers = schools.flatMap((school) => school.teachers);
  const lessons = teachers.reduce((sum, teacher) => sum + teacher.lessons.length, 0);
  for (const service of ['journal', 'diary'])
    await eventually(`${service} to know the schools`, async () =>
      (await many.count(`${service}.lessons`)) >= lessons ? null : 'not all',
    );
  const families = schools.reduce((sum, school) => sum + school.families.size, 0);
  await eventually('notifications to know the families', async () =>
    (await many.count('notifications.guardian_children')) >= families ? null : 'not all',
  );
  await subscribeFamilies(schools, many.admin as never);
  const tokens = new Map<Teacher, string>();
  for (const teacher of teachers) {
    const { schoolId, personId } = teacher;
    tokens.set(teacher, await many.tokenOf([{ role: 'teacher', schoolId, personId }]));
  }
  const readers = await Promise.all(
    schools.flatMap(({ schoolId, families }) =>
      [...families].slice(0, 3).map(async ([studentId, { personId }]) => ({
        studentId,
        token: await many.tokenOf([{ role: 'guardian', schoolId, personId, studentIds: [studentId] }]),
      })),
    ),
  );
  const ledger = new Ledger(schools);
  const load = new Load(teachers, readers, {
    url: '',
    ledger,
    tokenOf: (teacher) => tokens.get(teacher)!,
    pauseMs: 500,
    fetch: (values.door ? throughDoor : fetch) as typeof globalThis.fetch,
  });
  const ids = schools.map(({ schoolId }) => schoolId);
  return { load, ledger, comparison: new Comparison(many, ledger, ids) };
}

/** Each process is stopped with SIGTERM and started again; the next follows when everything is whole. */
async function upgrade(): Promise<void> {
  const { victims } = many;
  for (const victim of values.quick
    ? victims.filter(({ name }) => /^(journal|gateway)/.test(name))
    : victims) {
    const startedAt = Date.now();
    await victim.restart();
    await eventually('everything to be whole', () => many.notWhole(), SETTLE_MS);
    say(`  restarted ${victim.name}, whole after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  }
}

/** @returns how many were killed */
async function killByChance(): Promise<number> {
  const random = chance(seed);
  let kills = 0;
  for (; kills < Math.ceil(seconds / every); kills += 1) {
    const { victims } = many;
    const victim = victims[Math.floor(random() * victims.length)]!;
    const killedAt = Date.now();
    process.kill(victim.pid!, 'SIGKILL');
    await delay(1000);
    const whole = await eventually('everything to be whole', () => many.notWhole(), SETTLE_MS);
    say(`  killed ${victim.name}, whole after ${((whole + 1000) / 1000).toFixed(1)} s`);
    await delay(Math.max(0, killedAt + every * 1000 - Date.now()));
  }
  return kills;
}

type Snapshot = Record<'reads' | 'writes', Pick<Answers, 'ok' | 'refused'>>;

function snapshot({ reads, writes }: Load): Snapshot {
  return { reads: { ...reads }, writes: { ...writes } };
}

function report(when: string, load: Load, before?: Snapshot): void {
  for (const kind of ['reads', 'writes'] as const) {
    const { ok, refused, slowestMs, codes } = load[kind];
    const [answered, failed] = [ok - (before?.[kind].ok ?? 0), refused - (before?.[kind].refused ?? 0)];
    check(
      `${kind} ${when}: ${answered} answered, ${failed} failed, the slowest of all in ${Math.round(slowestMs)} ms`,
      failed > 0 && JSON.stringify(codes),
    );
  }
  say(`  ${balancer!.movedOn} requests went to the other gateway because the line to one broke`);
}

async function settle(ledger: Ledger, comparison: Comparison): Promise<void> {
  let missing: string | null = null;
  const ms = await eventually(
    'journal and diary to be as acknowledged',
    async () => (missing = await comparison.missing(consumers)),
    SETTLE_MS,
  ).catch(() => null);
  check(
    `${ledger.entries} entries of ${ledger.commands} commands, each once in journal, ${consumers.join(' and ')}${ms === null ? '' : ` after ${(ms / 1000).toFixed(1)} s`}`,
    ms === null && (missing ?? 'not settled'),
  );
  check(
    'nothing was answered that must not be',
    ledger.violations.length > 0 && ledger.violations.join('\n'),
  );
  check('no fact is parked', (await comparison.parked()) > 0 && `${await comparison.parked()} are`);
  let told = await comparison.told(0);
  await eventually(
    'families to be told',
    async () => ((told = await comparison.told(0)) ? null : 'some are not yet'),
    SETTLE_MS,
  ).catch(() => undefined);
  check(
    told
      ? `${told.due} messages: ${told.once} arrived once, ${told.twice} twice, ${told.uncertain} uncertain (${told.uncertainArrived} of them arrived), ${told.refused} refused`
      : 'families were told',
    told ? told.twice > 0 && 'some family was told twice' : 'some messages are still on their way',
  );
}
