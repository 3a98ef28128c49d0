// `npm run load [-- --minutes 20 --schools 200 --quarter-end]`: plays a day of a region and writes docs/performance.md.
import { build } from './build/build.mjs';

await build();
process.env.PARTA_LOG_LEVEL ??= 'fatal';
process.chdir(new URL('..', import.meta.url).pathname);
await import('./bench/dist/day/main.js');
