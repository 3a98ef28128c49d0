// `npm run load [-- --minutes 20 --schools 200 --quarter-end]`: plays a day of a region and writes docs/performance.md.
import { fileURLToPath } from 'node:url';
import { build } from './build/build.mjs';

await build();
process.env.PARTA_LOG_LEVEL ??= 'fatal';
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await import('./bench/dist/day/main.js');
