export * from './fraction.js';
export * from './averages.rule.js';
