// `npm run test:faults [-- --quick]`: breaks Parta in processes while teachers enter and families read; see docs/faults.md.
import { build, buildWeb } from './build/build.mjs';

await build();
buildWeb();
process.chdir(new URL('..', import.meta.url).pathname);
await import('./faults/dist/main.js');
