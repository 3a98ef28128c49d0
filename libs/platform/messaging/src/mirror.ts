import type { Envelope, Fact } from '@parta/platform-contract';
import { newestWins, type Database } from '@parta/platform-persistence';
import { on, type Reaction } from './subscriptions.js';

/**
 * The reaction that keeps a service's own copy of another's record: one row for each aggregate, of which the newest
 * version wins. The row gets `school_id` and `version` from the envelope; `row` says the rest.
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
): Reaction =>
  on(fact, async (data, envelope) => {
    const { schoolId: school_id, aggregateVersion: version } = envelope;
    const written = await database.run(
      newestWins(table, key, { school_id, ...row(data, envelope), version }),
    );
    if (written > 0) await whenNewer?.(data, envelope);
  });
