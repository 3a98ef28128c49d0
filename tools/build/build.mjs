// Compiles every service and library to its dist/ with swc; only what has changed since the last time.
// `node tools/build/build.mjs` builds all; `node tools/build/build.mjs --web` the web application too.
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { transform } from '@swc/core';

const root = join(import.meta.dirname, '../..');
const options = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2024',
    keepClassNames: true,
  },
  module: { type: 'nodenext' },
  sourceMaps: true,
  swcrc: false,
};
const toolchain = createHash('sha256')
  .update(readFileSync(import.meta.filename))
  .digest('hex');

export async function build() {
  const manifests = globSync(['apps/*/package.json', 'libs/*/*/package.json', 'tools/*/package.json'], {
    cwd: root,
  });
  const projects = manifests
    .map(dirname)
    .filter((project) => !existsSync(join(root, project, 'vite.config.ts')));
  let compiled = 0;
  for (const project of projects) compiled += await buildProject(join(root, project));
  return compiled;
}

async function buildProject(project) {
  const stampFile = join(project, 'dist/.stamps.json');
  const known = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
  const stamps = { toolchain };
  const fresh = known.toolchain === toolchain ? known : {};
  if (known.toolchain !== toolchain) rmSync(join(project, 'dist'), { recursive: true, force: true });
  const sources = globSync('**/*.ts', { cwd: join(project, 'src') }).filter(
    (file) => !file.endsWith('spec.ts'),
  );
  let compiled = 0;
  for (const source of sources) {
    const file = join(project, 'src', source);
    const { mtimeMs, size } = statSync(file);
    stamps[source] = `${mtimeMs}:${size}`;
    const target = join(project, 'dist', source.replace(/\.ts$/, '.js'));
    if (fresh[source] === stamps[source] && existsSync(target)) continue;
    const { code, map } = await transform(readFileSync(file, 'utf8'), { ...options, filename: file });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `${code}\n//# sourceMappingURL=${target.split('/').at(-1)}.map\n`);
    writeFileSync(`${target}.map`, map);
    compiled += 1;
  }
  for (const gone of Object.keys(fresh).filter((source) => !(source in stamps))) {
    rmSync(join(project, 'dist', gone.replace(/\.ts$/, '.js')), { force: true });
  }
  // A checkout that was compiled once may be read-only.
  const isStale = JSON.stringify(known) !== JSON.stringify(stamps);
  if (sources.length > 0 && isStale) {
    mkdirSync(join(project, 'dist'), { recursive: true });
    writeFileSync(stampFile, JSON.stringify(stamps));
  }
  return compiled;
}

/** The web application, built again only when a file of it or the lockfile has changed. */
export function buildWeb() {
  const web = join(root, 'apps/web');
  if (!existsSync(join(web, 'vite.config.ts'))) return false;
  const hash = createHash('sha256');
  for (const file of globSync(['apps/web/**/*', 'libs/domain/*/src/*', 'package-lock.json'], {
    cwd: root,
    exclude: (f) => /(^|\/)(dist|node_modules)$/.test(String(f)),
  }).sort()) {
    const path = join(root, file);
    if (!statSync(path).isFile() || file.startsWith('apps/web/dist/')) continue;
    hash.update(file).update(readFileSync(path));
  }
  const digest = hash.digest('hex');
  const stamp = join(web, 'dist/.stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return false;
  const vite = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: web,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  if (vite.status !== 0) throw new Error('the web application did not build');
  writeFileSync(stamp, digest);
  return true;
}

if (process.argv[1] === import.meta.filename) {
  const started = Date.now();
  const compiled = await build();
  const web = process.argv.includes('--web') && buildWeb();
  console.log(
    `compiled ${compiled} files${web ? ' and the web application' : ''} in ${Date.now() - started} ms`,
  );
}
