export * from './sql.js';
export * from './database.js';
export * from './migrate.js';
export * from './provision.js';
export * from './platform-tables.js';
export * from './row-level-security.js';
export * from './transient.js';
export * from './newest-wins.js';
