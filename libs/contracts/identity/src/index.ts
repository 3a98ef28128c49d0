export * from './sessions.js';
export * from './me.js';
export * from './invitations.js';
export * from './live.js';
export * from './people.js';
export * from './clients.js';
export * from './facts.js';
export { operations } from './operations.js';
