import type { Envelope, Fact } from '@parta/platform-contract';
import { correlation } from '@parta/platform-observability';
import { newestWin, replaceList, type Database } from '@parta/platform-persistence';
import { onList, type Reaction } from './subscriptions.js';

/**
 * The reaction that keeps a service's own copy of another's record: one row for each aggregate, of which the newest
 * version wins. The row gets `school_id` and `version` from the envelope; `row` says the rest. Facts that have arrived
 * together are written together.
 * @param key its primary key's columns
 * @param whenNewer what follows when the row has changed; not for a fact that came twice or late
 */
export const mirror = <D extends object>(
  database: Database,
  fact: Fact<D>,
  table: string,
  key: readonly string[],
  row: (data: D, envelope: Envelope<D>) => Record<string, unknown>,
  whenNewer?: (data: D, envelope: Envelope<D>) => Promise<unknown> | void,
): Reaction => onList(fact, keeper(database, table, key, row, whenNewer));

/** What `mirror` does with the facts it is given, for a reaction that finds several records in one fact. */
export const keeper = <D extends object>(
  database: Database,
  table: string,
  key: readonly string[],
  row: (data: D, envelope: Envelope<D>) => Record<string, unknown>,
  whenNewer?: (data: D, envelope: Envelope<D>) => Promise<unknown> | void,
): ((facts: readonly Envelope<D>[]) => Promise<void>) => {
  const keyOf = (columns: Record<string, unknown>): string =>
    key.map((name) => String(columns[name])).join(' ');
  return async (facts) => {
    if (facts.length === 0) return;
    // One statement may meet a row once only.
    const newest = new Map<
      string,
      { columns: Record<string, unknown> & { version: number }; envelope: Envelope<D> }
    >();
    for (const envelope of facts) {
      const { schoolId: school_id, aggregateVersion: version, data } = envelope;
      const columns = { school_id, ...row(data, envelope), version };
      const known = newest.get(keyOf(columns));
      if (!known || known.columns.version < version) newest.set(keyOf(columns), { columns, envelope });
    }
    const some = [...newest.values()];
    const written = await database.rows<Record<string, unknown>>(
      newestWin(
        table,
        key,
        some.map(({ columns }) => columns),
      ),
    );
    if (!whenNewer) return;
    const changed = new Set(written.map(keyOf));
    for (const { columns, envelope } of some) {
      if (!changed.has(keyOf(columns))) continue;
      await correlation.run(
        { correlationId: envelope.correlationId, causationId: envelope.id },
        async () => void (await whenNewer(envelope.data, envelope)),
      );
    }
  };
};

/**
 * What follows a mirrored record that carries a list: the list in a table of its own, as it is now.
 * @param owner the columns that say whose list it is, without `school_id`
 */
export const listOf =
  <D extends object>(
    database: Database,
    table: string,
    owner: (data: D) => Record<string, unknown>,
    rows: (data: D) => readonly Record<string, unknown>[],
  ) =>
  (data: D, { schoolId }: Envelope<D>): Promise<unknown> =>
    replaceList(database, table, { school_id: schoolId, ...owner(data) }, rows(data));
