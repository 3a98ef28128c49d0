import type { MigrationSet } from '@parta/platform-persistence';
import { InitialSchema } from './initial-schema.js';

/** Identity's schema, in the order of its migrations. */
export const identityMigrations: MigrationSet = { service: 'identity', migrations: [InitialSchema] };
