import { sql, SqlFragment } from './sql.js';

/**
 * Puts a record into a table, or replaces the one with the same key if this version is newer. Facts come twice, and
 * late; with this one statement the newest version stays whatever the order. Rows touched: 1 when it was newer, else 0.
 * @param columns all of the record's columns with their values, `version` among them; documents for a jsonb column as
 *   JSON text; names are the program's own, never a user's
 */
export function newestWins(
  table: string,
  key: readonly string[],
  columns: Readonly<Record<string, unknown>> & { version: number },
): SqlFragment {
  const names = Object.keys(columns);
  const replaced = names.filter((name) => !key.includes(name)).map((name) => `${name} = excluded.${name}`);
  return sql`${new SqlFragment(
    [`insert into ${table} (${names.join(', ')}) values (`, ...names.slice(1).map(() => ', '), ')'],
    names.map((name) => columns[name]),
  )}${sql.trusted(` on conflict (${key.join(', ')}) do update set ${replaced.join(', ')}
    where ${table}.version < excluded.version`)}`;
}
