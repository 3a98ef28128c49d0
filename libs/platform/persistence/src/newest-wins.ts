import { sql, type SqlFragment } from './sql.js';

/**
 * Puts records into a table, or replaces those with the same key where this version is newer. Facts come twice, and
 * late; with this one statement the newest version stays whatever the order. Answers the keys (as text) of the rows that
 * were new or newer. The statement is the same for one record and for a hundred, so it is prepared once.
 * @param rows of one shape, each key once: all of the record's columns with their values as JSON has them, `version` among
 *   them; names are the program's own, never a user's
 */
export function newestWin(
  table: string,
  key: readonly string[],
  rows: readonly (Readonly<Record<string, unknown>> & { version: number })[],
): SqlFragment {
  const names = Object.keys(rows[0]!);
  const replaced = names.filter((name) => !key.includes(name)).map((name) => `${name} = excluded.${name}`);
  return sql`${sql.trusted(`insert into ${table} (${names.join(', ')})
    select ${names.join(', ')} from json_populate_recordset(null::${table}, `)}${JSON.stringify(rows)}${sql.trusted(`)
    on conflict (${key.join(', ')}) do update set ${replaced.join(', ')} where ${table}.version < excluded.version
    returning ${key.map((name) => `${table}.${name}::text as ${name}`).join(', ')}`)}`;
}
