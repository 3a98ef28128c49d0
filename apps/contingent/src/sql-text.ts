import { sql, type SqlFragment } from '@parta/platform-persistence';

/** A timestamptz column as ISO 8601 in UTC. */
export const instant = (column: string): SqlFragment =>
  sql.trusted(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** «Иванов Пётр Сергеевич» from the name columns of `people` under this alias. */
export const fullName = (alias: string): SqlFragment =>
  sql.trusted(`concat_ws(' ', ${alias}.family_name, ${alias}.given_name, ${alias}.middle_name)`);

/** Order of the Russian alphabet, ё after е, whatever the database was created with. */
export const russianOrder = (expression: SqlFragment): SqlFragment => sql`${expression} collate "ru-x-icu"`;
