import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

const { licencesPage } = (await import(join(import.meta.dirname, 'page.mjs'))) as {
  licencesPage: (root: string) => string;
};

describe('the list of licences', () => {
  const root = mkdtempSync(join(tmpdir(), `parta-test-${process.pid}-licences-`));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const pageOf = (packages: Record<string, object>): string => {
    mkdirSync(join(root, 'apps/web/src'), { recursive: true });
    writeFileSync(join(root, 'apps/web/src/main.tsx'), "import { a } from '@scope/shown/part';\n");
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
    return licencesPage(root);
  };
  const mit = { version: '1.0.0', license: 'MIT' };

  it('has what runs and what is bundled, and leaves out tools', () => {
    const page = pageOf({
      'node_modules/served': mit,
      'node_modules/tool': { ...mit, dev: true },
      'node_modules/@scope/shown': { ...mit, dev: true, dependencies: { inner: '^1' } },
      'node_modules/@scope/shown/node_modules/inner': { ...mit, dev: true },
      'node_modules/inner': { version: '9.0.0', license: 'GPL-2.0-only', dev: true },
    });
    expect(page).toContain('| served | 1.0.0 | MIT | server |');
    expect(page).toContain('| @scope/shown | 1.0.0 | MIT | web |');
    expect(page).toContain('| inner | 1.0.0 | MIT | web |');
    expect(page).not.toContain('| tool |');
  });

  it.each(['GPL-2.0-only', '(MIT AND GPL-2.0-only)', 'SEE LICENSE IN x', undefined])(
    'refuses %s',
    (license) => {
      expect(() => pageOf({ 'node_modules/served': { version: '1.0.0', license } })).toThrow(
        /served 1\.0\.0/,
      );
    },
  );

  it.each(['(MIT OR GPL-2.0-only)', '(MIT AND Zlib)', 'MIT/X11'])('allows %s', (license) => {
    expect(pageOf({ 'node_modules/served': { version: '1.0.0', license } })).toContain('served');
  });
});
