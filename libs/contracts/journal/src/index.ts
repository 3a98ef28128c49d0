export * from './marks.js';
export { CellRef } from './shapes.js';
export * from './lessons.js';
export * from './pages.js';
export * from './openings.js';
export * from './oversight.js';
export * from './facts.js';
export * from './live.js';
export { operations } from './operations.js';
