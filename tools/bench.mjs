// `npm run bench [-- --quick]`: measures Parta in processes beside a bare yardstick and writes docs/performance.md.
import { build } from './build/build.mjs';

await build();
process.env.PARTA_LOG_LEVEL ??= 'error';
process.chdir(new URL('..', import.meta.url).pathname);
await import('./bench/dist/main.js');
