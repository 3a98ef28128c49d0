// `npm run scan [-- --only listPeople,startSession] [-- --without-wapiti]`: sqlmap over every operation of docs/api/openapi.json and
// wapiti over the page and every GET, against a Parta of its own with the demo district. Both come from Debian's packages
// `sqlmap` and `wapiti`. Ends with 1 on a finding that is not in tools/scan/exceptions.mjs, with 2 where a scanner is missing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, buildWeb } from './build/build.mjs';
import { openDoor } from './scan/door.mjs';
import { operationsToScan } from './scan/operations.mjs';
import { findRecords } from './scan/records.mjs';
import { scanWithSqlmap } from './scan/sqlmap.mjs';
import { summary } from './scan/summary.mjs';
import { startTarget } from './scan/target.mjs';
import { scanWithWapiti } from './scan/wapiti.mjs';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    'without-wapiti': { type: 'boolean', default: false },
    'without-sqlmap': { type: 'boolean', default: false },
    'at-once': { type: 'string', default: '2' },
    'blind-seconds': { type: 'string', default: '600' },
  },
});

const missing = ['sqlmap', 'wapiti'].filter((tool) => spawnSync('which', [tool]).status !== 0);
if (missing.length > 0) {
  console.error(
    `Missing: ${missing.join(' and ')}. On Debian and Ubuntu: apt-get install ${missing.join(' ')}`,
  );
  process.exit(2);
}

const startedAt = Date.now();
const say = (line) =>
  console.log(`${String(Math.round((Date.now() - startedAt) / 1000)).padStart(5)} s  ${line}`);
await build();
buildWeb();
const folder = mkdtempSync(join(tmpdir(), 'parta-scan-'));
const target = await startTarget(root, folder, say);
const door = await openDoor(target);
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void target.stop().finally(() => process.exit(1)));
let failed;
try {
  const api = JSON.parse(readFileSync(join(root, 'docs/api/openapi.json'), 'utf8'));
  const records = await findRecords(door, target);
  const operations = operationsToScan(api, target.accounts, records);
  const wanted = values.only?.split(',');
  const chosen = operations.filter((one) => !wanted || wanted.includes(one.id));
  say(
    `${chosen.length} operations, ${chosen.reduce((sum, one) => sum + one.places.length, 0)} places for payloads`,
  );
  const [sqlmap, wapiti] = await Promise.all([
    values['without-sqlmap']
      ? []
      : scanWithSqlmap(chosen, door, { folder, atOnce: Number(values['at-once']), say }),
    values['without-wapiti']
      ? []
      : scanWithWapiti(operations, door, { folder, blindSeconds: Number(values['blind-seconds']), say }),
  ]);
  const report = summary({ operations: chosen, sqlmap, wapiti, door });
  console.log(report.text);
  writeFileSync(join(tmpdir(), 'parta-scan.md'), report.text);
  failed = report.failed;
  say(`${failed} findings; the table is in ${join(tmpdir(), 'parta-scan.md')}`);
  if (failed > 0) say(`what the tools and Parta said is in ${folder}`);
} finally {
  await door.close();
  await target.stop();
  // What the tools said stays for whoever has to look at a finding.
  if (!failed && failed !== undefined) rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
