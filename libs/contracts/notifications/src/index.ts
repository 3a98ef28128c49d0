export * from './contacts.js';
export * from './deliveries.js';
export * from './settings.js';
export { operations } from './operations.js';
