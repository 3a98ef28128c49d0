export * from './reports.js';
export { operations } from './operations.js';
