// `npm run test:faults [-- --quick]`: breaks Parta in processes while teachers enter and families read; see docs/faults.md.
import { fileURLToPath } from 'node:url';
import { build, buildWeb } from './build/build.mjs';

await build();
buildWeb();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await import('./faults/dist/main.js');
