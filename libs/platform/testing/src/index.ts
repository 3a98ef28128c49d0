export { eventually, type EventuallyOptions } from './eventually.js';
export { startTestServers, testServers, type StartedTestServers, type TestServers } from './servers.js';
export * from './database.js';
export * from './tokens.js';
export * from './service-bench.js';
export * from './tell.js';
export * from './test-bed.js';
export * from './chromium.js';
