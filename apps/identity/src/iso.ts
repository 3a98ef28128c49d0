import { sql, type SqlFragment } from '@parta/platform-persistence';

/** A `timestamptz` column as an instant of the wire, ISO 8601 in UTC. */
export const iso = (column: string): SqlFragment =>
  sql.trusted(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
