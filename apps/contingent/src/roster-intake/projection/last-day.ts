import { sql, type SqlFragment } from '@parta/platform-persistence';

/*
 * OneRoster's endDate is exclusive, for sessions, roles and enrolments alike: the first day that does not belong any more.
 * Parta speaks of the last day that does, in its tables, facts and screens. Here, where source records become the
 * school's own, the one is turned into the other; nothing behind knows endDate.
 */

/** The last day of the source record `alias`; null when it has no end. */
export const lastDayOf = (alias: string): SqlFragment =>
  sql.trusted(`((${alias}.data ->> 'endDate')::date - 1)`);

/** The source record `alias` goes on after that day, or ends with it. */
export const lastsOn = (alias: string, day: SqlFragment | string): SqlFragment =>
  sql`coalesce(${lastDayOf(alias)} >= ${day}::date, true)`;
