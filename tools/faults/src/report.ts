import type { FaultResult } from './suite.js';
import type { Load } from './load.js';
import type { Office } from './office/office.js';

const HEAD = [
  'fault',
  'entries',
  'journal',
  'diary',
  'office',
  'due',
  'once',
  'twice',
  'uncertain',
  'parked',
  'redriven',
  'repeated',
  'whole, s',
];

/** The counts of a run as a table of Markdown, which is also one for the eye. */
export function tableOf(results: readonly FaultResult[]): string {
  const rows = results.map((one) => [
    one.state === 'passed' ? one.name : `${one.name} (${one.state})`,
    ...[
      one.entries,
      one.inJournal,
      one.inDiary,
      one.office,
      one.told.due,
      one.told.once,
      one.told.twice,
      one.told.uncertain,
      one.parked,
      one.redriven,
      one.repeated,
    ].map(String),
    (one.wholeMs / 1000).toFixed(1),
  ]);
  const total = (pick: (one: FaultResult) => number): string =>
    String(results.reduce((sum, one) => sum + pick(one), 0));
  rows.push([
    'all',
    total((one) => one.entries),
    total((one) => one.inJournal),
    total((one) => one.inDiary),
    total((one) => one.office),
    total((one) => one.told.due),
    total((one) => one.told.once),
    total((one) => one.told.twice),
    total((one) => one.told.uncertain),
    total((one) => one.parked),
    total((one) => one.redriven),
    total((one) => one.repeated),
    '',
  ]);
  const widths = HEAD.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join(' | ')} |`;
  return [
    line(HEAD),
    `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`,
    ...rows.map(line),
  ].join('\n');
}

export function requestsOf({ reads, writes }: Load, { ledger, signedInAgain }: Office): string {
  const lines = Object.entries({ reads, writes }).map(([name, { ok, refused, slowestMs, codes }]) => {
    const by = Object.entries(codes)
      .map(([code, count]) => `${code} ${count}`)
      .join(', ');
    return `${name}: ${ok} answered, ${refused} refused${by && ` (${by}; the others found no gateway)`}, the slowest ${(slowestMs / 1000).toFixed(1)} s`;
  });
  lines.push(
    `office: ${ledger.acknowledged} rosters, days off and roles; ${signedInAgain} times a session was begun anew`,
  );
  return lines.join('\n');
}
