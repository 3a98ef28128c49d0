export * from './timetable.js';
export * from './school-year.js';
export * from './thematic-plans.js';
export * from './running-year.js';
export * from './facts.js';
export { operations } from './operations.js';
