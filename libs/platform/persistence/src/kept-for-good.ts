import { Migration } from '@mikro-orm/migrations';

/** Rows that stay, by what the service may do with them. */
export interface KeptForGood {
  /** tables of what has happened: rows are added, and neither changed nor removed */
  added: readonly string[];
  /** tables whose rows may be changed and not removed */
  changed?: readonly string[];
}

/**
 * A migration that takes the right to change or remove such rows from the role in which the service runs: no fault in it, and nobody who
 * has got hold of its connection, can take back what is on record.
 */
export function keptForGood(
  schema: string,
  { added, changed = [] }: KeptForGood,
): new (...args: never[]) => Migration {
  class RowsKeptForGood extends Migration {
    override up(): void {
      for (const table of added) this.addSql(revoke('update, delete', schema, table));
      for (const table of changed) this.addSql(revoke('delete', schema, table));
    }
  }
  return RowsKeptForGood;
}

/** Migrations run as the schema's owner, whose name is that of the service's role and `_owner`. */
const revoke = (rights: string, schema: string, table: string): string => `
  do $$ begin
    execute format('revoke ${rights} on "${schema}"."${table}" from %I', regexp_replace(current_user, '_owner$', ''));
  end $$`;
