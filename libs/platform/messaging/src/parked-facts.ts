import type { Envelope } from '@parta/platform-contract';
import { Conflict } from '@parta/platform-errors';
import { sql, type Database } from '@parta/platform-persistence';
import { handleFact } from './fact-handler.js';
import { OUTBOX } from './outbox-relay.js';
import type { Reaction } from './subscriptions.js';

export interface ParkedFact {
  consumer: string;
  /** sequence number in the producer's stream */
  position: number;
  type: string;
  factId: string | null;
  schoolId: string | null;
  aggregateId: string;
  reason: string;
  attempts: number;
  parkedAt: string;
}

/** Whose: everybody's, or those of some schools. */
export type ParkedFactsScope = 'region' | { schools: readonly string[] };

const LISTED = 500;

/** The facts a service has put aside, and the way to try them again. */
export class ParkedFacts {
  constructor(
    private readonly database: Database,
    private readonly reactions: readonly Reaction[],
  ) {}

  /** The oldest first. */
  async list(scope: ParkedFactsScope = 'region'): Promise<{ facts: ParkedFact[]; hasMore: boolean }> {
    const facts = await this.database.read({ schools: [] }, () =>
      this.database.rows<ParkedFact>(sql`
        select consumer, stream_sequence::float8 as position, regexp_replace(subject, '^evt\\.(.*)\\.[^.]*$', '\\1') as type, fact_id as "factId",
          school_id as "schoolId", aggregate_id as "aggregateId", reason, attempts,
          to_char(parked_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "parkedAt"
        from ${this.table} where discarded_at is null and ${within(scope)} order by parked_at, stream_sequence limit ${LISTED + 1}`),
    );
    return { facts: facts.slice(0, LISTED), hasMore: facts.length > LISTED };
  }

  /**
   * Handles an aggregate's parked facts again, in their order, in one transaction.
   * @returns how many were handled
   * @throws Conflict `messaging.still-failing` with the reason, leaving them parked
   */
  async redrive(consumer: string, aggregateId: string, scope: ParkedFactsScope = 'region'): Promise<number> {
    const rows = await this.database.read({ schools: [] }, () =>
      this.database.rows<{
        envelope: string;
        stream_sequence: string;
        school_id: string | null;
        subject: string;
      }>(sql`
        select envelope, stream_sequence, school_id, subject from ${this.table}
        where consumer = ${consumer} and aggregate_id = ${aggregateId} and discarded_at is null and ${within(scope)}
        order by stream_sequence`),
    );
    if (rows.length === 0) return 0;

    try {
      await this.database.write(
        { schools: [...new Set(rows.flatMap((r) => r.school_id ?? []))] },
        async () => {
          for (const row of rows) {
            const envelope = JSON.parse(row.envelope) as Envelope;
            if (consumer === OUTBOX) await this.publishAgain(row);
            else {
              const reaction = this.reactions.find((r) => r.fact.type === envelope.type);
              if (reaction) await handleFact(reaction, envelope);
            }
            await this.database.run(
              sql`delete from ${this.table} where consumer = ${consumer} and stream_sequence = ${row.stream_sequence}`,
            );
          }
        },
      );
    } catch (error) {
      throw new Conflict(
        'messaging.still-failing',
        `the parked facts still fail: ${(error as Error).message}`,
        { consumer, aggregateId },
      );
    }
    return rows.length;
  }

  /**
   * Gives a fact up: it stays on record, is handled no more, and nothing waits behind it. Once more changes nothing.
   * @param by account that decides
   * @returns whether there is such a fact
   */
  async discard(
    { consumer, position }: Pick<ParkedFact, 'consumer' | 'position'>,
    decision: { by: { id: string; name: string }; reason: string },
    scope: ParkedFactsScope = 'region',
  ): Promise<boolean> {
    return this.database.write({ schools: [] }, async () => {
      const it = sql`consumer = ${consumer} and stream_sequence = ${position} and ${within(scope)}`;
      await this.database.run(sql`
        update ${this.table} set discarded_at = now(), discarded_by = ${decision.by.id}, discarded_by_name = ${decision.by.name},
          discard_reason = ${decision.reason}
        where ${it} and discarded_at is null`);
      return (await this.database.row(sql`select 1 from ${this.table} where ${it}`)) !== null;
    });
  }

  /** A fact that its stream would not take goes back to the relay, which puts it aside again if it still cannot be published. */
  private async publishAgain({ envelope, subject }: { envelope: string; subject: string }): Promise<void> {
    const { id } = JSON.parse(envelope) as Envelope;
    await this.database.run(sql`
      insert into ${sql.trusted(`"${this.database.service}".outbox`)} (id, subject, envelope) values (${id}, ${subject}, ${envelope})`);
  }

  private get table() {
    return sql.trusted(`"${this.database.service}".parked_facts`);
  }
}

const within = (scope: ParkedFactsScope) =>
  scope === 'region' ? sql`true` : sql`school_id = any (${scope.schools}::uuid[])`;
