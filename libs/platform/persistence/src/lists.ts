import type { Database } from './database.js';
import { sql, type SqlFragment } from './sql.js';

/** Columns with their values as JSON has them; names are the program's own, never a user's. */
type Row = Readonly<Record<string, unknown>>;

/**
 * Makes the rows that belong to a record these: the enrolments of a pupil, say. The statements are the same for however
 * many rows, so each is prepared once.
 * @param owner the columns that name the record; each row gets them
 * @param rows of one shape; of those that meet a row with the same key the first stays
 */
export async function replaceList(
  database: Database,
  table: string,
  owner: Row,
  rows: readonly Row[],
): Promise<void> {
  await database.run(sql`delete from ${sql.trusted(table)} where ${isOf(owner)}`);
  if (rows.length === 0) return;
  await database.run(sql`${insertion(table, owner, rows)} on conflict do nothing`);
}

/**
 * The same where a row that is not in the list any more stays, with what else is known of it, and is marked `is_removed`;
 * in the list again, it is there again. Rows are known by `id` within their school.
 * @param concerned narrows what may be removed: the rows of the list's academic year, say
 */
export async function markedList(
  database: Database,
  table: string,
  owner: Row & { school_id: unknown },
  rows: readonly (Row & { id: string })[],
  concerned: SqlFragment = sql`true`,
): Promise<void> {
  await database.run(sql`
    update ${sql.trusted(table)} set is_removed = true
    where ${isOf(owner)} and not is_removed and ${concerned} and not id = any (${rows.map(({ id }) => id)}::uuid[])`);
  if (rows.length === 0) return;
  const replaced = Object.keys(rows[0]!)
    .filter((name) => name !== 'id')
    .map((name) => `${name} = excluded.${name}`);
  await database.run(sql`${insertion(table, owner, rows)}
    ${sql.trusted(`on conflict (school_id, id) do update set ${[...replaced, 'is_removed = false'].join(', ')}`)}`);
}

const isOf = (owner: Row): SqlFragment =>
  sql.and(Object.entries(owner).map(([name, value]) => sql`${sql.trusted(name)} = ${value}`));

function insertion(table: string, owner: Row, rows: readonly Row[]): SqlFragment {
  const names = Object.keys({ ...owner, ...rows[0] }).join(', ');
  const all = JSON.stringify(rows.map((row) => ({ ...owner, ...row })));
  return sql`${sql.trusted(`insert into ${table} (${names})
    select ${names} from json_populate_recordset(null::${table}, `)}${all}${sql.trusted(')')}`;
}
