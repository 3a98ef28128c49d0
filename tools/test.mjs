// `npm test`: every check, the fast ones first. `node tools/test.mjs unit e2e` runs the named steps only.
// Ends with one line `N passed, N failed`: each check that is no test counts as one.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules/.bin', name);
const scratch = mkdtempSync(join(tmpdir(), 'parta-test-run-'));
const environment = {
  ...process.env,
  PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
  NX_DAEMON: 'false',
  NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
};

const jest = (level, ...more) => ({
  name: level,
  jest: true,
  command: [bin('jest'), '--selectProjects', level, ...more],
});

const steps = [
  { name: 'format', command: [bin('prettier'), '--check', '--log-level', 'warn', '.'] },
  { name: 'generated', command: ['node', 'tools/generate.mjs', '--check'] },
  { name: 'openapi', command: ['node', 'tools/openapi/lint.mjs'] },
  { name: 'types', command: [bin('tsc'), '-p', 'tsconfig.json'] },
  { name: 'types-web', command: [bin('tsc'), '-p', 'apps/web/tsconfig.json'] },
  { name: 'unit', ...jest('unit') },
  { name: 'contract', ...jest('contract', '--passWithNoTests') },
  // The rule of module boundaries is skipped in silence without a project graph.
  { name: 'project-graph', command: [bin('nx'), 'show', 'projects'], quiet: true },
  { name: 'lint', command: [bin('eslint'), '.', '--max-warnings', '0'] },
  // What the tests start is compiled once, before two of them start it at the same time.
  { name: 'build', command: ['node', 'tools/build/build.mjs', '--web'] },
  { name: 'medium', ...jest('medium', '--maxWorkers=2') },
  { name: 'e2e', ...jest('e2e', '--maxWorkers=2') },
  { name: 'fault', command: ['node', 'tools/faults.mjs', '--quick'], hasTable: true },
  { name: 'bench', command: ['node', 'tools/bench.mjs', '--smoke'] },
  { name: 'load', command: ['node', 'tools/load.mjs', '--schools', '1', '--minutes', '0.5', '--no-page'] },
];

const chosen = process.argv.slice(2);
const totals = { passed: 0, failed: 0 };
const failures = [];
for (const step of steps) {
  if (chosen.length > 0 && !chosen.includes(step.name)) continue;
  const started = Date.now();
  const report = join(scratch, `${step.name}.json`);
  const command = step.jest ? [...step.command, '--json', '--outputFile', report] : step.command;
  const { code, output } = await run(command, step.jest);
  let passed = code === 0 ? 1 : 0;
  let failed = code === 0 ? 0 : 1;
  if (step.jest) {
    const result = readReport(report);
    passed = result.numPassedTests ?? 0;
    failed = (result.numFailedTests ?? 0) + (result.numRuntimeErrorTestSuites ?? 0);
    if (code !== 0 && failed === 0) failed = 1;
  }
  totals.passed += passed;
  totals.failed += failed;
  console.log(
    `${failed === 0 ? '✓' : '✗'} ${step.name}  ${step.jest ? `${passed} tests, ` : ''}${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  for (const line of output.split('\n')) if (line.startsWith('Counted: ')) console.log(`  ${line}`);
  if (step.hasTable && failed === 0)
    console.log(
      output
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .join('\n'),
    );
  if (failed > 0) {
    failures.push(step.name);
    console.log(output.split('\n').slice(-400).join('\n'));
    // What follows takes minutes and would only repeat the cause.
    if (!step.jest || step.name === 'unit') break;
  }
}
rmSync(scratch, { recursive: true, force: true });
if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exit(failures.length > 0 ? 1 : 0);

function run([program, ...args]) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk) => (output = (output + chunk).slice(-200_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
