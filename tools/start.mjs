// `npm start`: builds what has changed, then runs Parta with everything it needs in this process.
// `npm run start:services` (`--processes`): the same with every service as a process of its own.
import { fileURLToPath } from 'node:url';

// Nothing but this may be loaded before: what comes next has syntax and modules that an older Node does not know.
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

const root = fileURLToPath(new URL('..', import.meta.url));
console.log('Starting Parta');
try {
  const { build, buildWeb } = await import('./build/build.mjs');
  const compiled = await build();
  if (compiled > 0) console.log(`  · compiled ${compiled} files`);
  if (buildWeb()) console.log('  · built the web application');
} catch (error) {
  if (error.code === 'EROFS' || error.code === 'EACCES' || error.code === 'EPERM') {
    console.error(
      `\nParta did not start: it has to be compiled, and ${error.path ?? root} cannot be written. Run "npm run build -- --web" once as somebody who may, and set PARTA_DATA_DIR to a folder that can be written.`,
    );
    process.exit(1);
  }
  throw error;
}
process.env.PARTA_WEB_ROOT ||= `${root}apps/web/dist`;
process.env.PARTA_LOG_LEVEL ||= 'warn';
process.chdir(root);
await import('../apps/standalone/dist/main.js');
