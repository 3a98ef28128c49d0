import type { Client } from 'pg';

/** A table of the services' schemas. */
export interface KeyedTable {
  name: string;
  schema: string;
  table: string;
}

export async function tablesOf(admin: Client, schemas: readonly string[]): Promise<KeyedTable[]> {
  const { rows } = await admin.query<KeyedTable>(
    `select n.nspname || '.' || t.relname as name, n.nspname as schema, t.relname as table
     from pg_class t join pg_namespace n on n.oid = t.relnamespace
     where n.nspname = any ($1) and t.relkind in ('r', 'p') order by 1`,
    [schemas],
  );
  return rows;
}

/**
 * Why a table cannot be distributed by school, or be read cheaply when it is: each of its keys and indexes has to begin with
 * `school_id`, which is never null, and a foreign key has to lead to the same school, or to one of `references`.
 */
export async function breachesOf(
  admin: Client,
  { schema, table }: Pick<KeyedTable, 'schema' | 'table'>,
  references: readonly string[],
): Promise<string[]> {
  const { rows } = await admin.query<{ breach: string }>(
    `with this as (
       select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2
     ), school as (
       select a.attnum, a.attnotnull, a.atttypid from this join pg_attribute a on a.attrelid = this.oid and a.attname = 'school_id'
     )
     select 'has no school_id' as breach where not exists (select from school)
     union all
     select 'school_id may be null' from school where not attnotnull
     union all
     select 'school_id is no uuid' from school where atttypid <> 'uuid'::regtype
     union all
     select 'has no primary key' from this where not exists (select from pg_index i where i.indrelid = this.oid and i.indisprimary)
     union all
     select i.indexrelid::regclass || ' does not begin with school_id'
     from this join pg_index i on i.indrelid = this.oid
     where i.indkey[0] is distinct from (select attnum from school)
     union all
     select k.conname || ' leads to another school'
     from this join pg_constraint k on k.conrelid = this.oid and k.contype = 'f'
     where not k.confrelid::regclass::text = any ($3)
       and not exists (
         select from unnest(k.conkey, k.confkey) as pair (own, other)
         join pg_attribute a on a.attrelid = k.confrelid and a.attnum = pair.other and a.attname = 'school_id'
         where pair.own = (select attnum from school))
     order by 1`,
    [schema, table, references],
  );
  return rows.map((row) => row.breach);
}
