// `npm run test:replicas [-- --quick]`: kills Parta's processes one by one where each runs twice; see docs/administration.md, «Several replicas».
import { build } from './build/build.mjs';

await build();
process.chdir(new URL('..', import.meta.url).pathname);
await import('./faults/dist/replicas/main.js');
