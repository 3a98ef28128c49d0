import { UPLOADS } from '@parta/platform-messaging';
import { type MigrationSet, parkedFactsCanBeDiscarded } from '@parta/platform-persistence';
import type { ServiceDefinition } from '@parta/platform-rpc';
import { ContingentModule } from './contingent.module.js';
import { ContingentSettings } from './contingent.settings.js';
import { ContingentGonePlaces } from './migrations/gone-places.js';
import { ContingentOwnGrades } from './migrations/own-grades.js';
import { ContingentRecordTimes } from './migrations/record-times.js';
import { InitialSchema20261121 } from './migrations/initial-schema.js';

export interface ContingentConfig {
  /** IANA time zone of schools that the roster gives none for */
  defaultTimeZone: string;
  /** share of active student enrolments a package may end before it is parked for a person; 0.05 unless said */
  maxEndedShare?: number;
  /** packages of one submitter that may be queued or under way; 20 unless said */
  maxRostersWaiting?: number;
}

export const contingentMigrations: MigrationSet = {
  service: 'contingent',
  migrations: [
    InitialSchema20261121,
    parkedFactsCanBeDiscarded('contingent'),
    ContingentGonePlaces,
    ContingentOwnGrades,
    ContingentRecordTimes,
  ],
};

const DEFAULT_MAX_ENDED_SHARE = 0.05;
const DEFAULT_MAX_ROSTERS_WAITING = 20;

/** Schools, their people and classes, and the exchange with regional systems. */
export function contingentService(config: ContingentConfig): ServiceDefinition {
  const settings = new ContingentSettings(
    config.defaultTimeZone,
    config.maxEndedShare ?? DEFAULT_MAX_ENDED_SHARE,
    config.maxRostersWaiting ?? DEFAULT_MAX_ROSTERS_WAITING,
  );
  return {
    name: 'contingent',
    module: ContingentModule,
    // Rosters are applied set by set in SQL; no row passes through an entity.
    entities: [],
    buckets: [UPLOADS.bucket],
    providers: [{ provide: ContingentSettings, useValue: settings }],
  };
}
