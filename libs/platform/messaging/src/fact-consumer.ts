import { setTimeout as delay } from 'node:timers/promises';
import {
  AckPolicy,
  DeliverPolicy,
  type Consumer,
  type ConsumerMessages,
  type JsMsg,
} from '@nats-io/jetstream';
import { parseMessage, type Envelope } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import { correlation, Tracing, type Logger, type Metrics } from '@parta/platform-observability';
import { isTransient, sql, type Database } from '@parta/platform-persistence';
import type { Bus } from './bus.js';
import { patiently } from './replicas.js';
import { Rest } from './rest.js';
import type { Reaction } from './subscriptions.js';

const BATCH = 100;
const PREFETCH = 200;
/**
 * Between the beginnings of two batches, unless one is full. A fact that comes alone is handled at once; of many that
 * come one after another each would cost a transaction of its own.
 */
const PACE_MS = 50;
/**
 * When the node that served a consumer dies, its requests die with it unseen: two missing heartbeats tell, and the question
 * whether the consumer is still there is put again after `expires`. By its defaults the client would notice after 30 s.
 */
const LISTENING = { expires: 5000, idle_heartbeat: 1250 };
/** How long facts in the hands of a process that died stay there; a slow batch asks for more time meanwhile. */
const ACK_WAIT_MS = 10_000;
/** delay before each further attempt, in milliseconds */
const RETRY_DELAYS = [200, 1000, 3000, 10_000, 30_000];
/** the longest while the trouble is transient: it is not the fact's, and families wait for its end */
const TRANSIENT_DELAY = 3000;
const MAX_ATTEMPTS = 6;

interface Delivery {
  message: JsMsg;
  envelope: Envelope;
  reaction: Reaction | undefined;
}

/**
 * Hears one producer's facts for one consumer, through a durable pull consumer `<consumer>__<producer>`.
 *
 * Whatever has arrived is handled in one transaction (inbox rows and effects together); if that fails, one by one.
 * A fact that cannot be handled is parked with its reason, and with it every later fact of the same aggregate: the
 * rest of the lane goes on. Trouble of the database is waited out and parks nothing.
 */
export class FactConsumer {
  readonly name: string;
  private consumer: Consumer | undefined;
  private messages: ConsumerMessages | undefined;
  private isPaused = false;
  private queue: JsMsg[] = [];
  private stopping = false;
  private draining: Promise<void> = Promise.resolve();
  private busy = false;
  private batchBegunAt = 0;
  private readonly rest = new Rest();
  private lagTimer: NodeJS.Timeout | undefined;

  constructor(
    consumer: string,
    private readonly producer: string,
    private readonly reactions: readonly Reaction[],
    private readonly database: Database,
    private readonly bus: Bus,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    private readonly tracing = Tracing.off,
  ) {
    this.name = `${consumer}__${producer}`;
  }

  /** Hears at once; for whoever is the only one. */
  async start(): Promise<void> {
    await this.prepare();
    await this.resume();
  }

  /** Makes stream and consumer where they are not there yet; hears nothing. */
  async prepare(): Promise<void> {
    const stream = await this.bus.ensureStream(this.producer);
    // Servers before 2.10 have one filter only, so a consumer hears all of its producer and acknowledges what it does not handle.
    await patiently(() =>
      this.bus.manager.consumers.add(stream, {
        durable_name: this.name,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.All,
        filter_subject: `evt.${this.producer}.>`,
        ack_wait: ACK_WAIT_MS * 1e6,
        max_deliver: -1,
        max_ack_pending: 1000,
      }),
    );
    const consumer = await patiently(() => this.bus.jetStream.consumers.get(stream, this.name));
    this.consumer = consumer;
    this.lagTimer = setInterval(() => {
      consumer.info().then(
        (info) =>
          this.metrics.consumerLag.set({ consumer: this.name }, info.num_pending + info.num_ack_pending),
        () => undefined,
      );
    }, 5000);
    this.lagTimer.unref();
  }

  /**
   * Begins to hear, or goes on. Several replicas may: each fact goes to one of them. One alone keeps their order and handles
   * more of them together.
   */
  async resume(): Promise<void> {
    if (this.stopping) return;
    this.isPaused = false;
    const messages = await this.consumer!.consume({
      max_messages: PREFETCH,
      ...LISTENING,
      callback: (message) => {
        this.queue.push(message);
        this.drain();
      },
    });
    this.messages = messages;
    void messages.closed().then(async (error) => {
      if (this.stopping || this.isPaused || this.bus.nats.isClosed()) return;
      this.logger.warn({ err: error, consumer: this.name }, 'listening ended, and is begun again');
      await delay(LISTENING.idle_heartbeat);
      if (!this.isPaused) await this.resume();
    });
  }

  /** Leaves the hearing to another replica, and what is not in hand yet. */
  async pause(): Promise<void> {
    this.isPaused = true;
    this.messages?.stop();
    for (const message of this.queue.splice(0)) message.nak();
    await this.draining;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.lagTimer);
    this.messages?.stop();
    this.rest.close();
    await this.draining;
    for (const message of this.queue) message.nak();
    this.queue = [];
  }

  private drain(): void {
    if (this.busy || this.stopping) return;
    this.busy = true;
    this.draining = (async () => {
      while (this.queue.length > 0 && !this.stopping) {
        if (this.queue.length < BATCH) await this.rest.pause(this.batchBegunAt + PACE_MS - performance.now());
        if (this.stopping) return;
        const startedAt = (this.batchBegunAt = performance.now());
        await this.handleBatch(this.queue.splice(0, BATCH));
        if (performance.now() - startedAt > ACK_WAIT_MS / 4)
          for (const waiting of this.queue) waiting.working();
      }
    })().finally(() => {
      this.busy = false;
    });
  }

  private async handleBatch(messages: JsMsg[]): Promise<void> {
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
        if (this.stopping) {
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
      if (this.stopping) return message.nak();
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
          where consumer = ${this.name} and aggregate_id = any (${deliveries.map((d) => d.envelope.aggregateId)}::text[])`),
      ]);
      const fresh = new Set(handled.map((row) => row.fact_id));
      const parkedAggregates = new Set(parked.map((row) => row.aggregate_id));
      const outcomes: string[] = [];
      const together: Delivery[] = [];
      for (const delivery of deliveries) {
        const { envelope } = delivery;
        if (!fresh.delete(envelope.id)) outcomes.push('duplicate');
        else if (parkedAggregates.has(envelope.aggregateId)) {
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

/** Validates a fact as its consumer needs it (unknown extra fields are a newer producer's) and reacts, under its correlation id. */
export async function handleFact(reaction: Reaction, envelope: Envelope): Promise<void> {
  const data = parseMessage(reaction.fact.data, envelope.data, false);
  await correlation.run({ correlationId: envelope.correlationId, causationId: envelope.id }, () =>
    reaction.handle(data, { ...envelope, data }),
  );
}

function readEnvelope(message: JsMsg): Envelope | null {
  try {
    const envelope = message.json<Envelope>();
    return typeof envelope?.id === 'string' &&
      typeof envelope.type === 'string' &&
      typeof envelope.aggregateId === 'string'
      ? envelope
      : null;
  } catch {
    return null;
  }
}

const unreadable = (message: JsMsg): Envelope => ({
  id: '',
  type: '',
  version: 0,
  source: '',
  schoolId: null,
  aggregateId: `sequence ${message.info.streamSequence}`,
  aggregateVersion: 0,
  occurredAt: '',
  actor: null,
  correlationId: '',
  causationId: null,
  data: null,
});
