// `npm start`: builds what has changed, then runs Parta with everything it needs in this process.
// `npm run start:services` (`--processes`): the same with every service as a process of its own.
import { join } from 'node:path';
import { build, buildWeb } from './build/build.mjs';

const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `Parta runs on Node 24, which npm ci brings along; this is Node ${process.versions.node}. Start it with "npm start" after "npm ci".`,
  );
  process.exit(1);
}
if (process.platform === 'win32') {
  console.error('Parta does not run on Windows itself; use WSL with Debian or Ubuntu, or docker compose.');
  process.exit(1);
}

const root = join(import.meta.dirname, '..');
console.log('Starting Parta');
const compiled = await build();
if (compiled > 0) console.log(`  · compiled ${compiled} files`);
if (buildWeb()) console.log('  · built the web application');
process.env.PARTA_WEB_ROOT ??= join(root, 'apps/web/dist');
process.env.PARTA_LOG_LEVEL ??= 'warn';
process.chdir(root);
await import('../apps/standalone/dist/main.js');
