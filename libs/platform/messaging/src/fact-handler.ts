import type { JsMsg } from '@nats-io/jetstream';
import { parseMessage, type Envelope } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import { correlation, Tracing, type Logger, type Metrics } from '@parta/platform-observability';
import { isTransient, sql, type Database } from '@parta/platform-persistence';
import { readEnvelope, unreadable, type Delivery } from './delivery.js';
import type { Reaction } from './subscriptions.js';

/** delay before each further attempt, in milliseconds */
const RETRY_DELAYS = [200, 1000, 3000, 10_000, 30_000];
/** the longest while the trouble is transient: it is not the fact's, and families wait for its end */
const TRANSIENT_DELAY = 3000;
const MAX_ATTEMPTS = 6;

/**
 * Handles what a consumer has heard: all of it in one transaction (inbox rows and effects together); if that fails, one by one.
 * A fact that cannot be handled is parked with its reason, and with it every later fact of the same aggregate: the
 * rest of the lane goes on. Trouble of the database is waited out and parks nothing.
 */
export class FactHandler {
  private isStopping = false;

  /** @param name of the consumer */
  constructor(
    private readonly name: string,
    private readonly reactions: readonly Reaction[],
    private readonly database: Database,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    private readonly tracing: Tracing,
  ) {}

  /** From now on what fails is given back: the end of the service has broken it off. */
  stop(): void {
    this.isStopping = true;
  }

  /** Settles each message: acknowledged, put aside, or given back to come again. Never rejects. */
  async handleAll(messages: JsMsg[]): Promise<void> {
    const deliveries: Delivery[] = [];
    for (const message of messages) {
      const envelope = readEnvelope(message);
      if (!envelope)
        await this.settle(message, () =>
          this.park({ message, envelope: unreadable(message), reaction: undefined }, 'not an envelope'),
        );
      else
        deliveries.push({
          message,
          envelope,
          reaction: this.reactions.find((r) => r.fact.type === envelope.type),
        });
    }
    const relevant = deliveries.filter((d) => d.reaction);
    for (const d of deliveries) if (!d.reaction) d.message.ack();
    if (relevant.length === 0) return;
    try {
      const outcomes = await this.apply(relevant);
      for (const [i, d] of relevant.entries()) {
        d.message.ack();
        this.metrics.handledFacts.inc({ consumer: this.name, outcome: outcomes[i]! });
      }
    } catch {
      for (const [i, d] of relevant.entries()) {
        if (this.isStopping) {
          d.message.nak();
          continue;
        }
        for (const waiting of relevant.slice(i)) waiting.message.working();
        await this.handleOne(d);
      }
    }
  }

  private async handleOne(delivery: Delivery): Promise<void> {
    const { message, envelope } = delivery;
    try {
      const [outcome] = await this.apply([delivery]);
      message.ack();
      this.metrics.handledFacts.inc({ consumer: this.name, outcome: outcome! });
    } catch (error) {
      // What the end of the service has broken off is no failure of the fact.
      if (this.isStopping) return message.nak();
      const attempts = message.info.deliveryCount;
      const transient = isTransient(error);
      const permanent = !transient && (error instanceof DomainError || attempts >= MAX_ATTEMPTS);
      if (permanent) {
        this.logger.error(
          { err: error, consumer: this.name, factId: envelope.id, type: envelope.type },
          'fact parked',
        );
        await this.settle(message, () =>
          this.park(delivery, error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
        );
        return;
      }
      this.logger.warn(
        { err: error, consumer: this.name, factId: envelope.id, attempts, transient },
        'fact will be retried',
      );
      this.metrics.handledFacts.inc({ consumer: this.name, outcome: 'retried' });
      const delay = RETRY_DELAYS[Math.min(attempts - 1, RETRY_DELAYS.length - 1)]!;
      message.nak(transient ? Math.min(delay, TRANSIENT_DELAY) : delay);
    }
  }

  private async settle(message: JsMsg, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      message.ack();
    } catch (error) {
      this.logger.error({ err: error, consumer: this.name }, 'a fact could not be parked yet');
      message.nak(isTransient(error) ? TRANSIENT_DELAY : RETRY_DELAYS.at(-1));
    }
  }

  /** Handles deliveries in one transaction; answers for each 'applied', 'duplicate' or 'parked'. */
  private async apply(deliveries: Delivery[]): Promise<string[]> {
    const schools = [...new Set(deliveries.flatMap((d) => d.envelope.schoolId ?? []))];
    return this.database.write({ schools }, async () => {
      const [handled, parked] = await Promise.all([
        this.database.rows<{ fact_id: string }>(sql`
          insert into ${this.table('inbox')} (consumer, fact_id)
          select ${this.name}, id from unnest(${[...new Set(deliveries.map((d) => d.envelope.id))]}::uuid[]) as id
          on conflict do nothing returning fact_id`),
        this.database.rows<{ aggregate_id: string }>(sql`
          select distinct aggregate_id from ${this.table('parked_facts')}
          where consumer = ${this.name} and discarded_at is null and aggregate_id = any (${deliveries.map((d) => d.envelope.aggregateId)}::text[])`),
      ]);
      const fresh = new Set(handled.map((row) => row.fact_id));
      const parkedAggregates = new Set(parked.map((row) => row.aggregate_id));
      const outcomes: string[] = [];
      const together: Delivery[] = [];
      for (const delivery of deliveries) {
        const { envelope } = delivery;
        if (!fresh.delete(envelope.id)) {
          if (delivery.message.info.deliveryCount > 1) await tellAgain(delivery);
          outcomes.push('duplicate');
        } else if (parkedAggregates.has(envelope.aggregateId)) {
          await this.insertParked(delivery, 'an earlier fact of the same aggregate is parked');
          outcomes.push('parked');
        } else {
          if (together.length > 0 && together[0]!.reaction !== delivery.reaction)
            await this.handleTogether(together.splice(0));
          together.push(delivery);
          outcomes.push('applied');
        }
      }
      if (together.length > 0) await this.handleTogether(together);
      return outcomes;
    });
  }

  /** Facts of one kind that follow each other: by one call where the reaction takes lists, else in their order. */
  private async handleTogether(deliveries: Delivery[]): Promise<void> {
    const reaction = deliveries[0]!.reaction!;
    // Traces are kept fact by fact.
    if (!reaction.handleAll || this.tracing.isOn) {
      for (const { message, envelope } of deliveries) await this.handle(message, reaction, envelope);
      return;
    }
    await reaction.handleAll(
      deliveries.map(({ envelope }) => ({
        ...envelope,
        data: parseMessage(reaction.fact.data, envelope.data, false) as object,
      })),
    );
  }

  private handle(message: JsMsg, reaction: Reaction, envelope: Envelope): Promise<void> {
    return this.tracing.span(
      `handle ${envelope.type}`,
      'consumer',
      {
        'messaging.system': 'nats',
        'messaging.consumer.group.name': this.name,
        'messaging.message.id': envelope.id,
        'parta.correlation_id': envelope.correlationId,
      },
      () => handleFact(reaction, envelope),
      message.headers?.get('traceparent') || envelope.traceparent || null,
    );
  }

  private async park(delivery: Delivery, reason: string): Promise<void> {
    await this.database.write({ schools: [] }, () => this.insertParked(delivery, reason));
    this.metrics.deadLetters.inc({ consumer: this.name });
    this.metrics.handledFacts.inc({ consumer: this.name, outcome: 'dead' });
  }

  private async insertParked({ message, envelope }: Delivery, reason: string): Promise<void> {
    await this.database.run(sql`
      insert into ${this.table('parked_facts')}
        (consumer, stream_sequence, fact_id, school_id, aggregate_id, subject, envelope, reason, attempts)
      values (${this.name}, ${message.info.streamSequence}, ${envelope.id || null}, ${envelope.schoolId}, ${envelope.aggregateId},
        ${message.subject}, ${message.string()}, ${reason.slice(0, 2000)}, ${message.info.deliveryCount})
      on conflict do nothing`);
  }

  private table(name: string) {
    return sql.trusted(`"${this.database.service}".${name}`);
  }
}

async function tellAgain({ envelope, reaction }: Delivery): Promise<void> {
  if (!reaction?.tellAgain) return;
  const data = parseMessage(reaction.fact.data, envelope.data, false);
  await reaction.tellAgain(data, { ...envelope, data });
}

/** Validates a fact as its consumer needs it (unknown extra fields are a newer producer's) and reacts, under its correlation id. */
export async function handleFact(reaction: Reaction, envelope: Envelope): Promise<void> {
  const data = parseMessage(reaction.fact.data, envelope.data, false);
  await correlation.run({ correlationId: envelope.correlationId, causationId: envelope.id }, () =>
    reaction.handle(data, { ...envelope, data }),
  );
}
