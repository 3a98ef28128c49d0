import { sql, type Database, type SqlFragment } from '@parta/platform-persistence';

/** The school being brought up to its source's records, and the circumstances of the intake. */
export interface SchoolContext {
  sourceId: string;
  schoolId: string;
  sourcedId: string;
  /** IANA */
  timeZone: string;
  /** calendar date in the school's time zone */
  today: string;
  now: Date;
}

/** The source's records of one kind, ended ones included, under an alias. */
export const recordsOf = (school: SchoolContext, entity: string, alias: string): SqlFragment => {
  const name = sql.trusted(alias);
  return sql`(select * from source_records where source_id = ${school.sourceId} and entity = ${entity}) as ${name}`;
};

/** Those that name the school. */
export const recordsAt = (school: SchoolContext, entity: string, alias: string): SqlFragment => {
  const name = sql.trusted(alias);
  return sql`(select * from source_records where source_id = ${school.sourceId} and entity = ${entity}
    and school_sourced_id = ${school.sourcedId}) as ${name}`;
};

/**
 * The one record of this kind with an id, for `cross join` and `left join … on true`. The limit keeps it a look-up by the
 * primary key: a source has a hundred times the records of a school, and must not be read whole for each.
 */
export const recordNamed = (
  school: SchoolContext,
  entity: string,
  id: string,
  alias: string,
): SqlFragment => {
  const [expression, name] = [sql.trusted(id), sql.trusted(alias)];
  return sql`lateral (select * from source_records where source_id = ${school.sourceId} and entity = ${entity}
    and sourced_id = ${expression} limit 1) as ${name}`;
};

/** Items of a comma-separated cell as rows of one column, under `alias(column)`. */
export const itemsOf = (cell: string, aliasAndColumn: string): SqlFragment =>
  sql.trusted(`unnest(string_to_array(${cell}, ',')) as ${aliasAndColumn}`);

/**
 * Runs work that joins sets of one school with each other. On tables too new for statistics a loop over them looks
 * cheaper than it is, by a factor of a thousand; what reaches into the whole source needs loops over its indexes.
 */
export async function joiningSets(database: Database, work: () => Promise<void>): Promise<void> {
  await database.run(sql`select set_config('enable_nestloop', 'off', true)`);
  await work();
  await database.run(sql`select set_config('enable_nestloop', 'on', true)`);
}
