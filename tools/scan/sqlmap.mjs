import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

/** Blind by time as well, where a text of a caller reaches a search or the sign-in: everywhere, it takes hours. */
const BY_TIME_TOO = { listPeople: 'q', listConsents: 'q', listDeliveries: 'q', startSession: 'login' };
const LIMIT_SECONDS = 30 * 60;
const CLEAN = /all tested parameters do not appear to be injectable/;
const FOUND = /identified the following injection point/;

/** One sqlmap for each operation, some at once. */
export async function scanWithSqlmap(operations, door, { folder, atOnce, say }) {
  mkdirSync(join(folder, 'said'), { recursive: true });
  const results = [];
  const waiting = [...operations];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let one = waiting.shift(); one; one = waiting.shift()) {
        const result = await scan(one, door, folder);
        results.push(result);
        say(
          `sqlmap ${result.verdict.padEnd(7)} ${one.id} as ${one.role ?? 'nobody'}: ${one.places.length} places, ${result.seconds} s`,
        );
      }
    }),
  );
  return results;
}

async function scan(operation, door, folder) {
  const file = join(folder, `${operation.id}.http`);
  writeFileSync(file, requestOf(operation, door));
  const { said, isCut, seconds } = await run(
    'sqlmap',
    [
      ...['-r', file, '--batch', '--ignore-stdin', '--level', '2', '--risk', '1', '--dbms', 'PostgreSQL'],
      ...['--technique', operation.id in BY_TIME_TOO ? 'BEUST' : 'BEUS', '--time-sec', '2'],
      // A refusal is an answer like any other, and is compared.
      ...['--ignore-code', '*', '--timeout', '30', '--retries', '1', '--skip-waf', '--disable-coloring'],
      ...['--flush-session', '--output-dir', join(folder, 'sqlmap', operation.id)],
    ],
    join(folder, 'said', `sqlmap-${operation.id}.txt`),
    LIMIT_SECONDS,
  );
  const tested = new Set([...said.matchAll(/(?:parameter|marker) '([^']+)'/g)].map(([, name]) => name));
  const verdict = FOUND.test(said) ? 'FOUND' : CLEAN.test(said) ? 'clean' : isCut ? 'CUT' : 'NOT RUN';
  const because =
    verdict === 'clean' ? '' : (said.match(/^.*(CRITICAL|Parameter: |Type: ).*$/gm) ?? []).join('; ');
  return { id: operation.id, verdict, because, seconds, tested: tested.size };
}

/** A header of its own tells the door who asks; none may hold a `*`, which would be a mark. */
function requestOf({ method, url, contentType, body, role, id }, door) {
  return [
    `${method} ${url} HTTP/1.1`,
    `Host: ${door.host}`,
    `Scan-As: ${role ?? 'nobody'}`,
    `Scan-Operation: ${id}`,
    ...(contentType ? [`Content-Type: ${contentType}`] : []),
    '',
    body ?? '',
  ].join('\r\n');
}
