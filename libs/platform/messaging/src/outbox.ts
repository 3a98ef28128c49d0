import { subjectOf, type Envelope, type Fact, type FactActor } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import { correlation, Tracing } from '@parta/platform-observability';
import { sql, type Database } from '@parta/platform-persistence';
import { v7 as uuidv7 } from 'uuid';

export interface FactAbout {
  schoolId: string | null;
  aggregateId: string;
  /** grows with every change of the aggregate; projections drop what is not newer than what they have */
  aggregateVersion: number;
  actor?: FactActor | null;
  /** when it happened, if not now */
  occurredAt?: Date;
}

const CHUNK = 1000;

/** What NATS takes in one message unless it is told otherwise (`max_payload`), in bytes. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;

/** How large a fact may be, in bytes of its envelope as JSON. Headers, and a server with a smaller bound, have the rest. */
export const MAX_FACT_BYTES = 768 * 1024;

/**
 * Where a use case says what happened. The facts are written in the same transaction as the change, and reach the
 * stream after its commit; a rolled back transaction publishes nothing. A fact that no stream could take fails the unit of
 * work with `messaging.fact-too-large`, so that nothing is acknowledged that others never hear of.
 */
export class Outbox {
  private readonly pending = new WeakMap<object, Envelope[]>();

  constructor(
    private readonly database: Database,
    private readonly service: string,
    /** called after a commit that left facts, for the relay to take them without waiting for its next look */
    private readonly wake: () => void,
    private readonly tracing = Tracing.off,
  ) {}

  record<D extends object>(fact: Fact<D>, about: FactAbout, data: D): void {
    if (fact.service !== this.service) throw new Error(`${this.service} cannot publish ${fact.type}`);
    const here = correlation.get();
    const id = uuidv7();
    const traceparent = this.tracing.traceparent();
    const envelope: Envelope = {
      id,
      type: fact.type,
      version: fact.version,
      source: this.service,
      schoolId: about.schoolId,
      aggregateId: about.aggregateId,
      aggregateVersion: about.aggregateVersion,
      occurredAt: (about.occurredAt ?? new Date()).toISOString(),
      actor: about.actor ?? null,
      correlationId: here?.correlationId ?? id,
      causationId: here?.causationId ?? null,
      ...(traceparent && { traceparent }),
      data,
    };
    const unit = this.database.unitOfWork;
    const batch = this.pending.get(unit);
    if (batch) {
      batch.push(envelope);
      return;
    }
    const fresh = [envelope];
    this.pending.set(unit, fresh);
    this.database.beforeCommit(() => this.store(fresh));
    this.database.afterCommit(this.wake);
  }

  /**
   * Writes what the running unit of work has recorded so far. A unit of work that says more than memory should hold
   * calls it from time to time; for others the end of the transaction is enough.
   */
  flush(): void {
    const batch = this.pending.get(this.database.unitOfWork);
    if (batch) this.store(batch.splice(0));
  }

  private store(envelopes: readonly Envelope[]): void {
    const table = sql.trusted(`"${this.service}".outbox`);
    for (let i = 0; i < envelopes.length; i += CHUNK) {
      const chunk = envelopes.slice(i, i + CHUNK);
      const ids = chunk.map((e) => e.id);
      const subjects = chunk.map((e) => subjectOf(e.type, e.schoolId));
      const bodies = chunk.map(bodyOf);
      this.database.send(sql`
        insert into ${table} (id, subject, envelope)
        select * from unnest(${ids}::uuid[], ${subjects}::text[], ${bodies}::text[])`);
    }
  }
}

/** @throws DomainError `messaging.fact-too-large` */
function bodyOf(envelope: Envelope): string {
  const body = JSON.stringify(envelope);
  // A character has three bytes at most.
  if (body.length * 3 <= MAX_FACT_BYTES) return body;
  const bytes = Buffer.byteLength(body);
  if (bytes <= MAX_FACT_BYTES) return body;
  throw new DomainError(
    'too-large',
    'messaging.fact-too-large',
    `${envelope.type} would have ${bytes} bytes, more than ${MAX_FACT_BYTES}`,
    { details: { bytes, most: MAX_FACT_BYTES } },
  );
}
