// Compiles every service and library to its dist/ with swc; only what has changed since the last time.
// `node tools/build/build.mjs` builds all; `node tools/build/build.mjs --web` the web application too.
import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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
    replaceFile(target, `${code}\n//# sourceMappingURL=${target.split('/').at(-1)}.map\n`);
    replaceFile(`${target}.map`, map);
    compiled += 1;
  }
  const isOfNow = new Set(sources.map((source) => source.replace(/\.ts$/, '.js')));
  for (const file of globSync('**/*.js', { cwd: join(project, 'dist') })) {
    if (isOfNow.has(file)) continue;
    rmSync(join(project, 'dist', file), { force: true });
    rmSync(join(project, 'dist', `${file}.map`), { force: true });
  }
  // A checkout that was compiled once may be read-only.
  const isStale = JSON.stringify(known) !== JSON.stringify(stamps);
  if (sources.length > 0 && isStale) {
    mkdirSync(join(project, 'dist'), { recursive: true });
    replaceFile(stampFile, JSON.stringify(stamps));
  }
  return compiled;
}

/** Two starts from one checkout may compile at once: each file is the old one or the new one, never half of it. */
function replaceFile(target, content) {
  const draft = `${target}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, target);
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
  // Built aside and put in place at once: another start of this checkout may be building, or serving, it meanwhile.
  const draft = join(web, `node_modules/.dist-${process.pid}`);
  const vite = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn', '--outDir', draft],
    {
      cwd: web,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  if (vite.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error('the web application did not build');
  }
  writeFileSync(join(draft, '.stamp'), digest);
  replaceFolder(join(web, 'dist'), draft);
  return true;
}

function replaceFolder(target, draft) {
  const old = `${draft}-old`;
  for (;;) {
    // Somebody else may take theirs away, or put it there, in between.
    unless(['ENOENT'], () => renameSync(target, old));
    const isPlaced = unless(['ENOTEMPTY', 'EEXIST'], () => renameSync(draft, target));
    rmSync(old, { recursive: true, force: true });
    if (isPlaced) return;
  }
}

/** @returns whether it was done; errors of other codes are thrown */
function unless(codes, action) {
  try {
    action();
    return true;
  } catch (error) {
    if (!codes.includes(error.code)) throw error;
    return false;
  }
}

if (process.argv[1] === import.meta.filename) {
  const started = Date.now();
  const compiled = await build();
  const web = process.argv.includes('--web') && buildWeb();
  console.log(
    `compiled ${compiled} files${web ? ' and the web application' : ''} in ${Date.now() - started} ms`,
  );
}
