import { platformTables } from '@parta/platform-persistence';
import type { Client } from 'pg';

/** They hold messages in transit, not what was made of them. */
const PLATFORM = ['outbox', 'inbox', 'parked_facts', 'answered_commands', 'migrations'];
const ATTEMPTS = 40;

/**
 * The tables that a projection consists of.
 * @throws Error for what `create table like` would lose: foreign keys, triggers, views
 */
export async function tablesOf(owner: Client, schema: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string; kind: string; is_bound: boolean }>(
    `select c.relname as name, c.relkind as kind,
       exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f')
         or exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal) as is_bound
     from pg_class c where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p', 'v', 'm') order by c.relname`,
    [`"${schema}"`],
  );
  const own = rows.filter((row) => !PLATFORM.includes(row.name));
  const odd = own.find((row) => row.kind !== 'r' || row.is_bound);
  if (odd)
    throw new Error(`${schema}.${odd.name} has what a copy would lose (a view, foreign keys, triggers)`);
  return own.map((row) => row.name);
}

/** Fresh schemas; what an earlier attempt left in them is dropped. */
export async function makeSchemas(admin: Client, schemas: readonly string[], owner: string): Promise<void> {
  await dropSchemas(admin, schemas);
  for (const schema of schemas) await admin.query(`create schema "${schema}" authorization "${owner}"`);
}

export async function dropSchemas(admin: Client, schemas: readonly string[]): Promise<void> {
  for (const schema of schemas) await admin.query(`drop schema if exists "${schema}" cascade`);
}

/** The same tables, indexes, policies and rights, without a row. */
export async function copyStructure(
  owner: Client,
  live: string,
  next: string,
  tables: readonly string[],
  runtimeRole: string,
): Promise<void> {
  await owner.query('begin');
  for (const statement of platformTables(next)) await owner.query(statement);
  for (const table of tables) {
    await owner.query(`create table "${next}"."${table}" (like "${live}"."${table}" including all)`);
  }
  const secured = await owner.query<{ name: string; is_forced: boolean }>(
    `select relname as name, relforcerowsecurity as is_forced from pg_class
     where relnamespace = $1::regnamespace and relrowsecurity and relname = any ($2)`,
    [`"${live}"`, tables],
  );
  for (const { name, is_forced } of secured.rows) {
    await owner.query(`alter table "${next}"."${name}" enable row level security`);
    if (is_forced) await owner.query(`alter table "${next}"."${name}" force row level security`);
  }
  const policies = await owner.query<{
    table: string;
    name: string;
    permissive: string;
    cmd: string;
    qual: string | null;
    with_check: string | null;
  }>(
    `select tablename as table, policyname as name, permissive, cmd, qual, with_check from pg_policies
     where schemaname = $1 and tablename = any ($2)`,
    [live, tables],
  );
  for (const { table, name, permissive, cmd, qual, with_check } of policies.rows) {
    await owner.query(
      `create policy "${name}" on "${next}"."${table}" as ${permissive} for ${cmd}
       ${qual ? `using (${qual})` : ''} ${with_check ? `with check (${with_check})` : ''}`,
    );
  }
  await owner.query(`grant usage on schema "${next}" to "${runtimeRole}"`);
  await owner.query(
    `grant select, insert, update, delete on all tables in schema "${next}" to "${runtimeRole}"`,
  );
  await owner.query(`grant usage, select on all sequences in schema "${next}" to "${runtimeRole}"`);
  await owner.query('commit');
}

/** Puts the new tables into the place of the live ones, and what they could not handle with them; the caller commits. */
export async function switchTables(
  owner: Client,
  { live, next, previous }: { live: string; next: string; previous: string },
  tables: readonly string[],
): Promise<void> {
  const all = tables.map((table) => `"${live}"."${table}"`).join(', ');
  // A reader may hold one of the tables and want another: shorter than the server's own wait for deadlocks, so that it is
  // always the switch that steps back.
  await owner.query(`set local lock_timeout = '500ms'`);
  for (let attempt = 1; ; attempt += 1) {
    await owner.query('savepoint before_locks');
    try {
      await owner.query(`lock table ${all} in access exclusive mode`);
      break;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await owner.query('rollback to savepoint before_locks');
    }
  }
  for (const table of tables) {
    await owner.query(`alter table "${live}"."${table}" set schema "${previous}"`);
    await owner.query(`alter table "${next}"."${table}" set schema "${live}"`);
  }
  // What somebody has given up stays given up, though the copy has stumbled over it as well.
  await owner.query(`delete from "${live}".parked_facts where discarded_at is null`);
  await owner.query(
    `insert into "${live}".parked_facts (consumer, stream_sequence, fact_id, school_id, aggregate_id, subject, envelope, reason,
       attempts, parked_at)
     select replace(consumer, '${next}__', '${live}__'), stream_sequence, fact_id, school_id, aggregate_id, subject, envelope,
       reason, attempts, parked_at
     from "${next}".parked_facts on conflict do nothing`,
  );
}
