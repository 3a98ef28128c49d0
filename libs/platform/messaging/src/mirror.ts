import type { Envelope, Fact } from '@parta/platform-contract';
import { newestWins, type Database } from '@parta/platform-persistence';
import { on, type Reaction } from './subscriptions.js';

/**
 * The reaction that keeps a service's own copy of another's record: one row for each aggregate, of which the newest
 * version wins. The row gets `school_id` and `version` from the envelope; `row` says the rest.
 * @param key its primary key's columns
 */
export const mirror = <D extends object>(
  database: Database,
  fact: Fact<D>,
  table: string,
  key: readonly string[],
  row: (data: D, envelope: Envelope<D>) => Record<string, unknown>,
): Reaction =>
  on(fact, async (data, envelope) => {
    const { schoolId: school_id, aggregateVersion: version } = envelope;
    await database.run(newestWins(table, key, { school_id, ...row(data, envelope), version }));
  });
