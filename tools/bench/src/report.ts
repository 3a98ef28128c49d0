import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import type { Latency } from './mark-to-diary.js';
import type { Measured } from './measure.js';

export interface Action {
  name: string;
  parta: Measured;
  yardstick: Measured;
  /** throughput that has to be reached, as a share of the yardstick's */
  bar: number;
  statementBar?: number;
}

export interface Results {
  actions: Action[];
  commitsPerCommand: number;
  latencies: { entries: number; latency: Latency }[];
  rosterSeconds: number;
  rows: number;
  restMegabytes: number;
  loadBefore: number;
  isQuick: boolean;
}

const BEGIN = '<!-- measured: written by npm run bench -->';
const END = '<!-- /measured -->';
const met = (isMet: boolean): string => (isMet ? 'met' : '**not met**');

export function tableOf(results: Results): string {
  const line = (side: string, m: Measured, ratio: string): string =>
    `| ${side} | ${m.perSecond.toFixed(0)} | ${m.p50.toFixed(0)} | ${m.p95.toFixed(0)} | ${m.cpu.toFixed(2)} | ${m.statements.toFixed(1)} | ${Math.round(m.bytes)} | ${ratio} |`;
  const lines = [
    `Measured on ${new Date().toISOString().slice(0, 10)}${results.isQuick ? ' in the short form (`--quick`)' : ''}: ${cpus().length} × ${cpus()[0]!.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.versions.node}; load average ${results.loadBefore.toFixed(1)} before, ${loadavg()[0]!.toFixed(1)} after. ${results.rows.toLocaleString('en')} rows of 50 schools.`,
    '',
    '| | requests/s | p50, ms | p95, ms | CPU ms per request | SQL statements | bytes | ratio |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  ];
  for (const { name, parta, yardstick } of results.actions) {
    lines.push(`| **${name}** | | | | | | | |`);
    lines.push(line('Parta', parta, (parta.perSecond / yardstick.perSecond).toFixed(2)));
    lines.push(line('yardstick', yardstick, '1'));
  }
  lines.push('', 'CPU milliseconds for one request by process:', '');
  for (const { name, parta } of results.actions)
    lines.push(
      `- ${name}: ${Object.entries(parta.cpuBy)
        .filter(([, cpu]) => cpu >= 0.05)
        .sort(([, a], [, b]) => b - a)
        .map(([process, cpu]) => `${process} ${cpu.toFixed(1)}`)
        .join(', ')}`,
    );
  lines.push('', '| bar | measured | |', '| --- | --- | --- |');
  for (const { name, parta, yardstick, bar, statementBar } of results.actions) {
    const ratio = parta.perSecond / yardstick.perSecond;
    lines.push(`| ${name}: at least ${bar} of the yardstick | ${ratio.toFixed(2)} | ${met(ratio >= bar)} |`);
    if (statementBar)
      lines.push(
        `| ${name}: at most ${statementBar} SQL statements | ${parta.statements.toFixed(1)} | ${met(parta.statements <= statementBar + 0.5)} |`,
      );
  }
  lines.push(
    `| one commit in the journal for each command (the relay's marking of published facts commits once a batch beside it) | ${results.commitsPerCommand.toFixed(2)} | ${met(results.commitsPerCommand < 2)} |`,
  );
  for (const { entries, latency } of results.latencies)
    lines.push(
      `| mark to diary at 50 commands a second, ${entries === 1 ? 'one mark each' : `${entries} entries each`}: p99 at most 1 s | p50 ${latency.p50.toFixed(0)} ms, p99 ${latency.p99.toFixed(0)} ms, worst ${latency.worst.toFixed(0)} ms, ${latency.lost} lost of ${latency.marks} | ${met(latency.p99 <= 1000 && latency.lost === 0)} |`,
    );
  lines.push(
    `| demo roster (2,155 users, 11,115 enrolments) applied in at most 60 s | ${results.rosterSeconds.toFixed(1)} s | ${met(results.rosterSeconds <= 60)} |`,
    '',
    `All processes of Parta together, PostgreSQL and NATS included, held ${results.restMegabytes} MB (proportional set size) when they had started.`,
  );
  return lines.join('\n');
}

/** Puts the numbers into the page, between its two marks; the words around them stay. */
export function writePage(file: string, results: Results): void {
  const page = readFileSync(file, 'utf8');
  const [before] = page.split(BEGIN);
  const after = page.split(END)[1];
  if (after === undefined) throw new Error(`${file} has no place for the numbers (${BEGIN} … ${END})`);
  writeFileSync(file, `${before}${BEGIN}\n\n${tableOf(results)}\n\n${END}${after}`);
}
