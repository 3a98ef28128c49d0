import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import type { Compared } from './compare.js';
import { COMMANDS_PER_SECOND, type Journey, type Station } from './mark-to-family.js';
import type { Measured } from './measure.js';
import type { Times } from './percentile.js';
import type { AppliedRoster } from './roster.js';

export interface Results {
  schools: number;
  fewSchools: number;
  actions: Compared[];
  /** the screens with the few schools, in the order of the actions */
  withFew: Measured[];
  /** the actions with two replicas of every service */
  withTwo?: Measured[];
  journey: Journey;
  roster: AppliedRoster;
  intake?: AppliedRoster & { peakMegabytes: number };
  /** milliseconds */
  signIn?: { whole: number; hashing: number };
  rows: number;
  restMegabytes: number;
  loadBefore: number;
  isQuick: boolean;
}

const END = '<!-- /measured -->';

export function tableOf(results: Results): string {
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}${results.isQuick ? ' in the short form (`--quick`)' : ''}: ${cpus().length} × ${cpus()[0]!.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.versions.node}; load average ${results.loadBefore.toFixed(1)} before, ${loadavg()[0]!.toFixed(1)} after. ${results.rows.toLocaleString('en')} rows of ${results.schools} schools.`,
    '',
    ...actionLines(results),
    '',
    'CPU milliseconds for one request by process:',
    '',
    ...results.actions.map(({ name, parta }) => `- ${name}: ${cpuLine(parta)}`),
    '',
    '| bar | measured | |',
    '| --- | --- | --- |',
    ...bars(results).map(
      ([bar, measured, isMet]) => `| ${bar} | ${measured} | ${isMet ? 'met' : '**not met**'} |`,
    ),
    '',
    `All processes of Parta together, PostgreSQL and NATS included, held ${results.restMegabytes} MB (proportional set size) when they had started.`,
  ].join('\n');
}

function actionLines({ actions, withTwo }: Results): string[] {
  const line = (side: string, m: Measured, ratio: string): string =>
    `| ${side} | ${m.perSecond.toFixed(0)} | ${m.p50.toFixed(0)} | ${m.p95.toFixed(0)} | ${m.p99.toFixed(0)} | ${m.cpu.toFixed(2)} | ${m.statements.toFixed(1)} | ${Math.round(m.bytes)} | ${ratio} |`;
  return [
    '| | requests/s | p50, ms | p95, ms | p99, ms | CPU ms per request | SQL statements | bytes | ratio |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...actions.flatMap(({ name, parta, yardstick }, at) => {
      const ratio = (m: Measured): string => (m.perSecond / yardstick.perSecond).toFixed(2);
      return [
        `| **${name}** | | | | | | | | |`,
        line('Parta', parta, ratio(parta)),
        ...(withTwo ? [line('Parta, two of each service', withTwo[at]!, ratio(withTwo[at]!))] : []),
        line('yardstick', yardstick, '1'),
      ];
    }),
  ];
}

const cpuLine = ({ cpuBy }: Measured): string =>
  Object.entries(cpuBy)
    .filter(([, cpu]) => cpu >= 0.05)
    .sort(([, a], [, b]) => b - a)
    .map(([process, cpu]) => `${process} ${cpu.toFixed(1)}`)
    .join(', ');

/** The bars that are counts and the same on every machine, as far as they are not met. */
export function brokenCounts({ actions, journey }: Results): string[] {
  const broken = actions.flatMap(({ name, parta, statementBar, isOnce }) => [
    ...(statementBar && parta.statements > statementBar
      ? [`${name}: ${parta.statements.toFixed(2)} statements`]
      : []),
    ...(isOnce && !isOneCommit(parta) ? [`${name}: ${parta.commits.toFixed(2)} commits`] : []),
  ]);
  for (const [station, count] of Object.entries(journey.lost))
    if (count > 0) broken.push(`${count} marks have not come to ${station}`);
  return broken;
}

/** One, but for what else the journal commits in all that time. */
const isOneCommit = ({ commits }: Measured): boolean => commits <= 1.05;

type Bar = [bar: string, measured: string, isMet: boolean];

function bars(results: Results): Bar[] {
  const { actions, withFew, withTwo, journey, roster, intake, signIn } = results;
  return [
    ...actions.flatMap(barsOfAction),
    ...stationBars(journey),
    ...withFew.map(({ p95 }, at): Bar => {
      const now = actions[at]!.parta.p95;
      return [
        `${actions[at]!.name}: p95 with ${results.schools} schools at most 1.3 times that with ${results.fewSchools}`,
        `${now.toFixed(0)} ms and ${p95.toFixed(0)} ms: ${(now / p95).toFixed(2)}`,
        now <= 1.3 * p95,
      ];
    }),
    ...(withTwo ?? []).map(({ cpu }, at): Bar => {
      const one = actions[at]!.parta.cpu;
      return [
        `${actions[at]!.name}: CPU per request with two of every service at most 1.1 times that with one`,
        `${cpu.toFixed(1)} ms and ${one.toFixed(1)} ms: ${(cpu / one).toFixed(2)}`,
        cpu <= 1.1 * one,
      ];
    }),
    ...(signIn
      ? [
          [
            'sign-in, its hashing excluded, at most 30 ms',
            `${(signIn.whole - signIn.hashing).toFixed(0)} ms of ${signIn.whole.toFixed(0)}`,
            signIn.whole - signIn.hashing <= 30,
          ] satisfies Bar,
        ]
      : []),
    [
      `demo roster (${count(roster.users)} users, ${count(roster.enrolments)} enrolments) applied in at most 60 s`,
      `${roster.seconds.toFixed(1)} s`,
      roster.seconds <= 60,
    ],
    ...(intake
      ? [
          [
            `a package of ${count(intake.users)} users (${count(intake.enrolments)} enrolments, ${(intake.packageBytes / 2 ** 20).toFixed(0)} MB) taken in with the intake under 600 MB`,
            `${intake.peakMegabytes} MB at most, ${intake.seconds.toFixed(0)} s`,
            intake.peakMegabytes < 600,
          ] satisfies Bar,
        ]
      : []),
  ];
}

const count = (n: number): string => n.toLocaleString('en');

function barsOfAction({ name, parta, yardstick, bar, p95Bar, statementBar, isOnce }: Compared): Bar[] {
  const ratio = parta.perSecond / yardstick.perSecond;
  const found: Bar[] = [[`${name}: at least ${bar} of the yardstick`, ratio.toFixed(2), ratio >= bar]];
  if (p95Bar)
    found.push([
      `${name}: p95 at most ${p95Bar} times the yardstick's`,
      (parta.p95 / yardstick.p95).toFixed(2),
      parta.p95 <= p95Bar * yardstick.p95,
    ]);
  if (statementBar)
    found.push([
      `${name}: at most ${statementBar} SQL statements`,
      parta.statements.toFixed(2),
      parta.statements <= statementBar,
    ]);
  if (isOnce)
    found.push([
      `${name}: one commit in the journal (the relay marks what is published beside it, a batch at a time)`,
      parta.commits.toFixed(2),
      isOneCommit(parta),
    ]);
  return found;
}

type BarStation = Exclude<Station, 'event'>;

const STATION_BARS: Record<BarStation, { to: string; bar: 'p95' | 'p99'; ms: number }> = {
  diary: { to: 'mark to diary', bar: 'p99', ms: 1000 },
  page: { to: 'mark to an open page, which has asked anew and has it', bar: 'p95', ms: 500 },
  email: { to: 'mark to the mail server', bar: 'p99', ms: 3000 },
  sms: { to: 'mark to the SMS centre', bar: 'p99', ms: 3000 },
};

const stationBars = ({ times, lost, sent }: Journey): Bar[] =>
  (Object.keys(STATION_BARS) as BarStation[]).map((station) => {
    const { to, bar, ms } = STATION_BARS[station];
    const event = station === 'page' ? `; the word that something is new: ${inWords(times.event)}` : '';
    return [
      `${to} at ${COMMANDS_PER_SECOND} commands a second, ${sent} marks: ${bar} at most ${ms} ms`,
      `${inWords(times[station])}; ${times[station].count} arrived, ${lost[station]} did not${event}`,
      times[station][bar] <= ms && lost[station] === 0,
    ];
  });

const inWords = ({ p50, p95, p99, worst }: Times): string =>
  `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`;

/** Puts the numbers into the page; the words around them stay. */
export const writePage = (file: string, results: Results): void =>
  putBetween(file, 'measured: written by npm run bench', tableOf(results));

/** Puts text between `<!-- mark -->` and the next `<!-- /measured -->`. */
export function putBetween(file: string, mark: string, text: string): void {
  const page = readFileSync(file, 'utf8');
  const begin = page.indexOf(`<!-- ${mark} -->`);
  const end = page.indexOf(END, begin);
  if (begin === -1 || end === -1) throw new Error(`${file} has no place for the numbers (${mark})`);
  writeFileSync(file, `${page.slice(0, begin)}<!-- ${mark} -->\n\n${text}\n\n${page.slice(end)}`);
}
