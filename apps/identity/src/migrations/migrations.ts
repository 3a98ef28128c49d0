import { keptForGood, type MigrationSet, parkedFactsCanBeDiscarded } from '@parta/platform-persistence';
import { IdentityAttemptsBySource } from './attempts-by-source.js';
import { IdentityFoldedNames } from './folded-names.js';
import { IdentityGrantsKeepTheirPlan } from './grants-keep-their-plan.js';
import { IdentityGrantsOfFamilies } from './grants-of-families.js';
import { IdentityGrantsOfOnePerson } from './grants-of-one-person.js';
import { InitialSchema } from './initial-schema.js';

/** Identity's schema, in the order of its migrations. */
export const identityMigrations: MigrationSet = {
  service: 'identity',
  migrations: [
    InitialSchema,
    IdentityGrantsKeepTheirPlan,
    parkedFactsCanBeDiscarded('identity'),
    IdentityGrantsOfOnePerson,
    IdentityGrantsOfFamilies,
    IdentityAttemptsBySource,
    keptForGood('identity', { added: ['account_events'] }),
    IdentityFoldedNames,
  ],
};
