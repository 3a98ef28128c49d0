import { contingentMigrations, contingentService, type ContingentConfig } from '@parta/contingent';
import { curriculumMigrations, curriculumService } from '@parta/curriculum';
import { diaryMigrations, diaryService } from '@parta/diary';
import { identityMigrations, identityService, type IdentityConfig } from '@parta/identity';
import { journalMigrations, journalService } from '@parta/journal';
import {
  notificationsMigrations,
  notificationsService,
  type NotificationsConfig,
} from '@parta/notifications';
import type { MigrationSet } from '@parta/platform-persistence';
import type { ServiceDefinition } from '@parta/platform-rpc';
import { reportingMigrations, reportingService } from '@parta/reporting';
import type { Secrets } from './secrets.js';

/** Every service's schema, in the order they are migrated. */
export const migrationSets: readonly MigrationSet[] = [
  identityMigrations,
  contingentMigrations,
  curriculumMigrations,
  journalMigrations,
  diaryMigrations,
  notificationsMigrations,
  reportingMigrations,
];

/** What the services of this process are told beyond their surroundings. */
export interface ServiceSettings {
  secrets: Secrets;
  /** the first account of the region, made when there is none */
  firstOperator?: { login: string; password: string };
  /** what else identity is told; the usual unless said */
  identity?: Omit<IdentityConfig, 'signingKey' | 'firstOperator'>;
  /** IANA time zone of schools that the roster gives none for */
  timeZone: string;
  /** bounds of the roster's intake; the usual unless said */
  rosters?: Omit<ContingentConfig, 'defaultTimeZone'>;
  /** by what families are told; nothing is sent without */
  notifications?: NotificationsConfig;
}

/** Every service, configured for one process. */
export function services(settings: ServiceSettings): ServiceDefinition[] {
  return [
    identityService({
      signingKey: settings.secrets.signingKey,
      firstOperator: settings.firstOperator,
      ...settings.identity,
    }),
    contingentService({ defaultTimeZone: settings.timeZone, ...settings.rosters }),
    curriculumService(),
    journalService(),
    diaryService(),
    notificationsService(settings.notifications),
    reportingService(),
  ];
}
