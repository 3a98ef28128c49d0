export * from './exchange.js';
export * from './school.js';
export * from './facts.js';
export * from './people.js';
export { operations } from './operations.js';
