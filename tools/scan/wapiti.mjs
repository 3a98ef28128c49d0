import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MARK } from './operations.mjs';
import { run } from './run.mjs';

const MODULES = [
  'sql',
  'xss',
  'permanentxss',
  'exec',
  'file',
  'crlf',
  'redirect',
  'ssrf',
  'csp',
  'http_headers',
  'cookieflags',
  'methods',
];
const LIMIT_SECONDS = 3600;

/** The page and every GET, as an administrator; by time (blind sql) in a run of its own, which is given a limit. */
export async function scanWithWapiti(operations, door, { folder, blindSeconds, say }) {
  mkdirSync(join(folder, 'said'), { recursive: true });
  const gets = operations
    .filter(({ method }) => method === 'GET')
    .map(({ url }) => door.url + url.replaceAll(MARK, ''));
  const plain = await scan('wapiti', MODULES, gets, door, folder, []);
  say(
    `wapiti ${MODULES.join(', ')}: ${plain.requests} addresses, ${plain.findings.length} remarks, ${plain.seconds} s`,
  );
  const blind = await scan('wapiti blindsql', ['blindsql'], gets, door, folder, [
    '--max-attack-time',
    String(blindSeconds),
  ]);
  say(
    `wapiti blindsql: ${blind.findings.length} remarks, ${blind.seconds} s${blind.isCut ? `, cut after ${blindSeconds} s` : ''}`,
  );
  return [plain, blind];
}

async function scan(name, modules, gets, door, folder, more) {
  const report = join(folder, `${name.replace(' ', '-')}.json`);
  const { said, isCut, seconds } = await run(
    'wapiti',
    [
      ...['-u', `${door.url}/`, ...gets.flatMap((one) => ['-s', one]), '--scope', 'domain', '-d', '3'],
      ...['-m', modules.join(','), '-H', 'Scan-As: administrator', '-H', `Scan-Operation: ${name}`],
      ...[
        '-t',
        '20',
        '-S',
        'insane',
        '--flush-session',
        '--no-bugreport',
        '-v',
        '1',
        '-f',
        'json',
        '-o',
        report,
      ],
      ...['--store-session', join(folder, 'wapiti')],
      ...more,
    ],
    join(folder, 'said', `${name.replace(' ', '-')}.txt`),
    LIMIT_SECONDS,
  );
  const { vulnerabilities, anomalies, infos } = reportIn(report, said);
  const findings = Object.entries({ ...vulnerabilities, ...anomalies }).flatMap(([category, list]) =>
    list.map(({ info, path, parameter }) => ({ category, info, path, parameter })),
  );
  const reached = Number(
    /found (\d+) (?:pages|urls|links)/i.exec(said)?.[1] ?? infos?.crawled_pages_nbr ?? gets.length,
  );
  return {
    name,
    modules,
    requests: reached,
    findings,
    seconds,
    isCut: isCut || /max attack time/i.test(said),
  };
}

/** A run that left no report is a finding itself. */
function reportIn(file, said) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { anomalies: { 'no report': [{ info: said.slice(-500) }] } };
  }
}
