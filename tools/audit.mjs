// `npm run audit`: known vulnerabilities of what Parta is shipped with, as the registry knows them today. Not a part of
// `npm test`: its answer changes without Parta changing, and it needs a registry that answers audits.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const { stdout, stderr } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  cwd: join(import.meta.dirname, '..'),
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
let report;
try {
  report = JSON.parse(stdout);
} catch {
  report = {};
}
if (!report.metadata?.vulnerabilities) {
  console.error('The registry gave no answer, so nothing is known about vulnerabilities.');
  console.error(report.message ?? report.error?.summary ?? stderr.trim());
  process.exit(2);
}
for (const { name, severity, range, via, fixAvailable } of Object.values(report.vulnerabilities)) {
  const what = via
    .map((one) => (typeof one === 'string' ? `by ${one}` : `${one.title} (${one.url})`))
    .join('; ');
  console.log(`${severity}  ${name} ${range}: ${what}${fixAvailable ? '; there is a fix' : ''}`);
}
const { total, high, critical } = report.metadata.vulnerabilities;
console.log(`${total} known vulnerabilities, ${high + critical} of them high or critical`);
process.exit(high + critical > 0 ? 1 : 0);
