import type { Client } from 'pg';

/** What a running version may count on in a schema: which relations, columns and functions there are, and what a row may leave out. */
export interface Promises {
  /** by name, what it is */
  things: Map<string, string>;
  /** columns that an insert may leave out */
  optional: Set<string>;
  /** rules that rows of a table have to keep */
  rules: Set<string>;
}

const THINGS = `
  select n.nspname || '.' || c.relname as name, 'relation' as what
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm')
  union all
  select n.nspname || '.' || c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
  where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped
  union all
  select p.oid::regprocedure::text, pg_get_function_result(p.oid)
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = $1`;

const OPTIONAL = `
  select n.nspname || '.' || c.relname || '.' || a.attname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
  where n.nspname = $1 and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
    and (not a.attnotnull or a.atthasdef or a.attidentity <> '')`;

// Not-null is told by what may be left out; an index that is no constraint may be unique all the same.
const RULES = `
  select conrelid::regclass || ' ' || pg_get_constraintdef(k.oid) as name
  from pg_constraint k join pg_namespace n on n.oid = k.connamespace where n.nspname = $1 and conrelid <> 0 and contype <> 'n'
  union
  select i.indrelid::regclass || ' unique ' || i.indexrelid::regclass
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and i.indisunique`;

export async function promisesOf(admin: Client, schema: string): Promise<Promises> {
  const names = async (query: string): Promise<Set<string>> =>
    new Set((await admin.query<{ name: string }>(query, [schema])).rows.map(({ name }) => name));
  const { rows } = await admin.query<{ name: string; what: string }>(THINGS, [schema]);
  return {
    things: new Map(rows.map(({ name, what }) => [name, what])),
    optional: await names(OPTIONAL),
    rules: await names(RULES),
  };
}

/** What the version that was made for `before` may stumble over in `after`. */
export function brokenPromises(before: Promises, after: Promises): string[] {
  const relationOf = (name: string): string => name.split(/[ ]|\.(?=[^.]*$)/)[0]!;
  const wasThere = (relation: string): boolean => before.things.has(relation);
  return [
    ...[...before.things]
      .filter(([name, what]) => after.things.get(name) !== what)
      .map(([name]) => (after.things.has(name) ? `${name} is something else` : `${name} is gone`)),
    ...[...after.things.keys()]
      .filter((name) => wasThere(relationOf(name)) && after.things.get(relationOf(name)) === 'relation')
      .filter((name) => !after.optional.has(name) && (before.optional.has(name) || !before.things.has(name)))
      .map((name) => `${name} cannot be left out`),
    ...[...after.rules]
      .filter((rule) => !before.rules.has(rule) && wasThere(rule.split(' ')[0]!))
      .map((rule) => `a new rule: ${rule}`),
  ];
}
