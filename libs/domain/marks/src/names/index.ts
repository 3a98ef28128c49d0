export * from './search.js';
export * from './signature.js';
