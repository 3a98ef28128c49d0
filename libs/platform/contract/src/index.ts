export * from './fields.js';
export * from './validate.js';
export * from './roles.js';
export * from './operation.js';
export * from './parked-facts.js';
export * from './fact.js';
export * from './schema.js';
export * from './openapi.js';
