export * from './actor.js';
export * from './tokens.js';
export * from './handles.js';
export * from './rpc-client.js';
export * from './clock.js';
export * from './service-definition.js';
export { openService, type Assembly } from './assembly.js';
export * from './service.js';
export * from './service-process.js';
