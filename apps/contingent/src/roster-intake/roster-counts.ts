import type { EntityCounts, RosterCounts } from '@parta/contracts-contingent';
import type { DataFileName } from './package/roster-package.js';

/** The kinds of record that make schools and their people; the other files of a package are checked only. */
export const ROSTER_ENTITIES = [
  'orgs',
  'academicSessions',
  'users',
  'roles',
  'demographics',
  'courses',
  'classes',
  'enrollments',
] as const satisfies readonly DataFileName[];

export type RosterEntity = (typeof ROSTER_ENTITIES)[number];

/** What became of one record of a package. */
export type RecordOutcome = keyof EntityCounts;

export const isRosterEntity = (name: string): name is RosterEntity =>
  (ROSTER_ENTITIES as readonly string[]).includes(name);

/** Counts of a package of which nothing is known yet. */
export function noCounts(): RosterCounts {
  const counts = {} as RosterCounts;
  for (const entity of ROSTER_ENTITIES)
    counts[entity] = { created: 0, updated: 0, unchanged: 0, ended: 0, rejected: 0 };
  return counts;
}
