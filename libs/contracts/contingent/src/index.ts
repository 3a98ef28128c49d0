export * from './exchange.js';
export * from './school.js';
export * from './facts.js';
export { operations } from './operations.js';
