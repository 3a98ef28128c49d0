// `npm run test:replicas [-- --quick]`: kills Parta's processes one by one where each runs twice; see docs/administration.md, «Several replicas».
import { fileURLToPath } from 'node:url';
import { build } from './build/build.mjs';

await build();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await import('./faults/dist/replicas/main.js');
