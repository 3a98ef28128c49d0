import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');

const forbidden: [rule: string, project: string, imported: string][] = [
  ['a service does not know another service', 'apps/identity', '@parta/contingent'],
  ['a service does not know the gateway', 'apps/identity', '@parta/gateway'],
  ['the gateway does not know a service', 'apps/gateway', '@parta/identity'],
  [
    'a contract knows only the language of contracts',
    'libs/contracts/identity',
    '@parta/platform-persistence',
  ],
  ['a contract does not know another contract', 'libs/contracts/identity', '@parta/contracts-contingent'],
  ['the platform does not know a contract', 'libs/platform/rpc', '@parta/contracts-identity'],
  ['a rule of the domain does not know the platform', 'libs/domain/marks', '@parta/platform-persistence'],
  ['a service does not carry the receivers of its tests', 'apps/notifications', '@parta/receivers'],
  ['the web application does not know the server', 'apps/web', '@parta/contracts-identity'],
];
const allowed: typeof forbidden = [
  ['a service knows the contracts of whom it hears', 'apps/identity', '@parta/contracts-contingent'],
  ['the web application knows the rules of the domain', 'apps/web', '@parta/domain-marks'],
];

const probeOf = (i: number, project: string): string => join(root, project, `src/boundary-probe-${i}.ts`);

// A rule of boundaries that never says no is easily written: each is seen to refuse once.
describe('module boundaries', () => {
  const probes = [...forbidden, ...allowed].map(([, project], i) => probeOf(i, project));
  const complaints = new Map<string, string[]>();

  beforeAll(() => {
    [...forbidden, ...allowed].forEach(([, , imported], i) =>
      writeFileSync(probes[i]!, `import '${imported}';\n`),
    );
    const options = {
      cwd: root,
      env: { ...process.env, NX_DAEMON: 'false', NODE_OPTIONS: '' },
      encoding: 'utf8',
    } as const;
    spawnSync(join(root, 'node_modules/.bin/nx'), ['show', 'projects'], options);
    const { stdout } = spawnSync(
      join(root, 'node_modules/.bin/eslint'),
      ['--format', 'json', ...probes],
      options,
    );
    for (const file of JSON.parse(stdout) as { filePath: string; messages: { ruleId: string }[] }[]) {
      complaints.set(
        file.filePath,
        file.messages.map((message) => message.ruleId),
      );
    }
  }, 120_000);

  afterAll(() => {
    for (const probe of probes) rmSync(probe, { force: true });
  });

  it.each(forbidden.map(([rule], i) => [rule, i] as const))('%s', (_rule, i) => {
    expect(complaints.get(probes[i]!)).toContain('@nx/enforce-module-boundaries');
  });

  it.each(allowed.map(([rule], i) => [rule, i + forbidden.length] as const))('%s', (_rule, i) => {
    expect(complaints.get(probes[i]!)).toEqual([]);
  });
});
