import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chance } from '@parta/standalone/chance';
import { eventually } from '../eventually.js';
import { Balancer } from './balancer.js';
import { Checks } from './checks.js';
import { ProxyDoor, type Door } from './door.js';
import { Many } from './many.js';
import { Scene } from './scene.js';

/*
 * Two replicas of every service and of the gateway on three nodes of NATS. First each process is restarted in its turn, as for
 * an upgrade; then one process, by chance, is killed (kill -9) every 20 seconds for ten minutes. Teachers enter, every service has
 * readers, sessions are refreshed and pages are open all the while, through a balancer before the gateways; right before each end they all
 * ask at once. No request may fail, no acknowledged entry be lost or doubled, and no open page miss anything for good.
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
/** How long after the rush of requests a process is killed, at most: while they are being answered. */
const RUSHING_MS = 40;
const SETTLE_MS = 180_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const many = new Many(values.quick);
const consumers = values.quick ? (['diary'] as const) : (['diary', 'reporting'] as const);
let balancer: Balancer | undefined;
let scene: Scene | undefined;
let isEnding = false;
const end = async (code: number): Promise<never> => {
  if (!isEnding) {
    isEnding = true;
    scene?.close();
    balancer?.stop();
    await many.stop().catch((error: unknown) => say(`could not stop: ${String(error)}`));
  }
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(1));

const checks = new Checks();

try {
  say(`seed ${seed}`);
  const startedAt = Date.now();
  await many.start();
  if (!values.door) balancer = new Balancer(many.running.urls);
  const door: Door = balancer ?? new ProxyDoor(values.door!);
  say(`gateways: ${many.running.urls.join(', ')}`);
  scene = new Scene(many, door);
  await scene.open();
  await eventually('everything to be whole', () => many.notWhole(), SETTLE_MS);
  say(`started in ${Math.round((Date.now() - startedAt) / 1000)} s: ${many.victims.length} processes`);

  if (!values['without-upgrade']) {
    scene.start();
    await upgrade(scene);
    await scene.pause();
    report('after each process was restarted in its turn', scene);
    await settle(scene);
  }
  scene.start();
  const kills = await killByChance(scene);
  await scene.pause();
  report(`after ${kills} kills`, scene);
  await settle(scene);
} catch (error) {
  checks.check('the run came to its end', (error as Error).stack ?? String(error));
}
if (checks.problems.length > 0) {
  const file = `/tmp/parta-replicas-${process.pid}.log`;
  writeFileSync(file, many.log.join('\n'));
  say(`what the processes said: ${file}`);
}
checks.end();
await end(checks.problems.length > 0 ? 1 : 0);

/** Each process is stopped with SIGTERM and started again; the next follows when everything is whole. */
async function upgrade(scene: Scene): Promise<void> {
  const { victims } = many;
  for (const victim of values.quick
    ? victims.filter(({ name }) => /^(journal|gateway)/.test(name))
    : victims) {
    const startedAt = Date.now();
    scene.rush(serviceOf(victim.name));
    await victim.restart();
    await eventually('everything to be whole', () => many.notWhole(), SETTLE_MS);
    say(`  restarted ${victim.name}, whole after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
    await toldEverything(scene, `${victim.name} was restarted`);
  }
}

/** @returns how many were killed */
async function killByChance(scene: Scene): Promise<number> {
  const random = chance(seed);
  let kills = 0;
  for (; kills < Math.ceil(seconds / every); kills += 1) {
    const { victims } = many;
    const victim = victims[Math.floor(random() * victims.length)]!;
    scene.rush(serviceOf(victim.name));
    await delay(random() * RUSHING_MS);
    const killedAt = Date.now();
    process.kill(victim.pid!, 'SIGKILL');
    await delay(1000);
    const whole = await eventually('everything to be whole', () => many.notWhole(), SETTLE_MS);
    say(`  killed ${victim.name}, whole after ${((whole + 1000) / 1000).toFixed(1)} s`);
    await toldEverything(scene, `${victim.name} was killed`);
    await delay(Math.max(0, killedAt + every * 1000 - Date.now()));
  }
  return kills;
}

/** Looked at after each end: later a page may be healed by what comes next. */
async function toldEverything(scene: Scene, when: string): Promise<void> {
  const missed = await scene.missed();
  if (missed) checks.check(`open pages after ${when}`, missed);
}

function report(when: string, scene: Scene): void {
  checks.requests(when, scene);
  const { movedOn, mover } = scene.door;
  say(`  ${movedOn} requests were sent once more by ${mover} because the line to a gateway broke`);
}

async function settle(scene: Scene): Promise<void> {
  const { ledger, comparison } = scene;
  let missing: string | null = null;
  const ms = await eventually(
    'journal and diary to be as acknowledged',
    async () => (missing = await comparison.missing(consumers)),
    SETTLE_MS,
  ).catch(() => null);
  checks.check(
    `${ledger.entries} entries of ${ledger.commands} commands, each once in journal, ${consumers.join(' and ')}${ms === null ? '' : ` after ${(ms / 1000).toFixed(1)} s`}`,
    ms === null && (missing ?? 'not settled'),
  );
  checks.check(
    'nothing was answered that must not be',
    ledger.violations.length > 0 && ledger.violations.join('\n'),
  );
  checks.check('no fact is parked', (await comparison.parked()) > 0 && `${await comparison.parked()} are`);
  let told = await comparison.told(0);
  await eventually(
    'families to be told',
    async () => ((told = await comparison.told(0)) ? null : 'some are not yet'),
    SETTLE_MS,
  ).catch(() => undefined);
  checks.check(
    told
      ? `${told.due} messages: ${told.once} arrived once, ${told.twice} twice, ${told.uncertain} uncertain (${told.uncertainArrived} of them arrived), ${told.refused} refused`
      : 'families were told',
    told ? told.twice > 0 && 'some family was told twice' : 'some messages are still on their way',
  );
  checks.pages(scene, await scene.missed());
}

/** `journal.2` is a replica of journal. */
function serviceOf(name: string): string {
  return name.split('.')[0]!;
}
