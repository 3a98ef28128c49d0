// `npm run bench [-- --quick]`: measures Parta in processes beside a bare yardstick and writes docs/performance.md.
import { fileURLToPath } from 'node:url';
import { build } from './build/build.mjs';

await build();
process.env.PARTA_LOG_LEVEL ??= 'error';
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await import('./bench/dist/main.js');
