// `npm run rebuild -- diary`: builds a projection anew from the streams beside the live one; Parta is running meanwhile.
import { build } from './build/build.mjs';

await build();
process.env.PARTA_LOG_LEVEL ??= 'warn';
await import('../apps/standalone/dist/rebuild.js');
