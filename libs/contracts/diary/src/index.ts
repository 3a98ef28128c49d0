export * from './days.js';
export * from './marks.js';
export * from './live.js';
export { operations } from './operations.js';
