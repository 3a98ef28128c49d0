import { cpus } from 'node:os';
import { putBetween } from '../report.js';
import type { Ledger } from './ledger.js';
import type { Day, Kind } from './players.js';

export const PAGE = 'docs/performance.md';
const READ_BAR_MS = 200;

export interface PlayedDay {
  schools: number;
  pupils: number;
  minutes: number;
  isQuarterEnd: boolean;
  day: Day;
  ledger: { lines: Ledger[]; differences: number };
  /** of all processes of Parta */
  cpuSeconds: number;
  playedSeconds: number;
}

const NAMES: Record<Kind, string> = {
  refresh: 'teacher opens a browser with a session',
  'sign-in': 'teacher signs in with a password',
  page: 'teacher opens a journal page',
  entries: 'teacher saves absences and marks',
  description: 'teacher saves topic and homework',
  'family-refresh': 'family opens a browser with a session',
  'family-sign-in': 'family signs in with a password',
  week: 'family opens the diary week',
  marks: 'family opens all marks',
};

/** @returns the text, and whether nothing failed and nothing is lost: times are a matter of the machine */
export function dayReport(played: PlayedDay): { text: string; isWhole: boolean } {
  const { day, ledger } = played;
  const failures = [...day.failures.values()].reduce((sum, one) => sum + one, 0);
  const requests = [...day.times.values()].reduce((sum, { count }) => sum + count, 0);
  const isLost =
    ledger.differences > 0 ||
    ledger.lines.some((l) => l.journal !== l.acknowledged || l.diary !== l.acknowledged);
  const reads = (['week', 'marks'] as const).map((kind) => day.times.get(kind)?.p95 ?? 0);
  const isInTime = Math.max(...reads) <= READ_BAR_MS;
  const met = (isMet: boolean): string => (isMet ? 'met' : '**not met**');
  const text = [
    `Played on ${new Date().toISOString().slice(0, 10)}: ${played.isQuarterEnd ? 'the last day of a quarter' : 'a day'} of ${played.schools} schools (${played.pupils.toLocaleString('en')} pupils) in ${played.minutes} minutes, ${requests.toLocaleString('en')} requests, on ${cpus().length} × ${cpus()[0]!.model.trim()}; Parta used ${(played.cpuSeconds / played.playedSeconds).toFixed(2)} processors on the average, and the generator was at most ${day.lateness.toFixed(0)} ms late.`,
    '',
    '| | requests | p50, ms | p95, ms | p99, ms | worst, ms |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...[...day.times]
      .sort(([a], [b]) => Object.keys(NAMES).indexOf(a) - Object.keys(NAMES).indexOf(b))
      .map(
        ([kind, t]) =>
          `| ${NAMES[kind]} | ${t.count} | ${[t.p50, t.p95, t.p99, t.worst].map((ms) => ms.toFixed(0)).join(' | ')} |`,
      ),
    '',
    '| | acknowledged | in the journal | in the diary |',
    '| --- | ---: | ---: | ---: |',
    ...ledger.lines.map((l) => `| ${l.what} | ${l.acknowledged} | ${l.journal} | ${l.diary} |`),
    '',
    '| bar | measured | |',
    '| --- | --- | --- |',
    `| no error | ${failures}${failures ? `: ${[...day.failures].map(([what, n]) => `${n} × ${what}`).join('; ')}` : ''} | ${met(failures === 0)} |`,
    `| nothing lost, nothing twice | ${ledger.differences} marks differ between journal and diary | ${met(!isLost)} |`,
    `| p95 of what families read at most ${READ_BAR_MS} ms | ${reads.map((ms) => `${ms.toFixed(0)} ms`).join(' and ')} | ${met(isInTime)} |`,
  ].join('\n');
  return { text, isWhole: failures === 0 && !isLost };
}

/** Puts the text into the page; an ordinary day and the last of a quarter have places of their own. */
export const writeDay = (text: string, isQuarterEnd: boolean): void =>
  putBetween(
    PAGE,
    isQuarterEnd ? 'last day of a quarter: written by npm run load' : 'day: written by npm run load',
    text,
  );
