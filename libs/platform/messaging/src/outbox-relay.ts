import { Tracing, type Logger, type Metrics } from '@parta/platform-observability';
import type { Envelope } from '@parta/platform-contract';
import type { Database } from '@parta/platform-persistence';
import type { PoolClient } from 'pg';
import type { Bus } from './bus.js';
import { Pace } from './pace.js';
import { HELD_SESSION, Rest } from './rest.js';
import { tidyPlatformTables } from './tidy.js';
import { StreamPublisher, Unpublishable, type StreamMessage } from './stream-publisher.js';

const BATCH = 500;
/** Between a batch and the next look, unless the batch was full, in milliseconds. */
const PACE = { perFact: 10, longest: 30 };
const POLL_MS = 2000;
/** how often another replica looks whether the active one is gone */
const FOLLOW_MS = 1000;
const RETRY_MS = 500;
const ACK_TIMEOUT_MS = 5000;
const TIDY_MS = 3_600_000;
const MEASURE_MS = 2000;

/** The consumer under whose name facts are put aside that could not be published. */
export const OUTBOX = 'outbox';

interface OutboxRow {
  position: string;
  id: string;
  subject: string;
  envelope: string;
}

/** What open pages are told of a fact. Nobody may be listening; nothing is kept. */
export interface LiveWord {
  subject: string;
  change: object;
}

/**
 * Publishes a service's outbox to its stream, in order. One relay per service is active, held by an advisory lock; the
 * other replicas wait for it. A fact is marked only after the stream's acknowledgement, so a crash repeats it and the
 * stream's deduplication and the inbox drop the repetition. Open pages are told before it is marked, so that a process which dies
 * after its commit leaves none without the word. Since there is one, it also tidies the platform's tables, at
 * its start and every hour.
 */
export class OutboxRelay {
  private stopping = false;
  private running: Promise<void> = Promise.resolve();
  private readonly rest = new Rest();
  private readonly publisher: StreamPublisher;
  private isActive = false;
  private oldestSeconds = 0;

  constructor(
    private readonly service: string,
    private readonly database: Database,
    private readonly bus: Bus,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    private readonly tracing = Tracing.off,
    private readonly wordOf?: (fact: Envelope) => LiveWord | null,
  ) {
    this.publisher = new StreamPublisher(bus);
  }

  start(): void {
    this.running = this.loop();
  }

  /** For how many seconds the oldest fact has waited to be published; 0 where another replica publishes. */
  get behindSeconds(): number {
    return this.oldestSeconds;
  }

  /** Something was committed: look now instead of at the next poll. If another replica's relay is the active one, it is told. */
  wake(): void {
    if (this.isActive) this.rest.wake();
    else wakeRelayOf(this.service, this.bus);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.rest.close();
    await this.running;
    this.publisher.close();
  }

  private async loop(): Promise<void> {
    while (!this.stopping) {
      let client: PoolClient | undefined;
      let failure: Error | undefined;
      try {
        client = await this.database.pool.connect();
        await this.lead(client);
      } catch (error) {
        failure = error as Error;
        this.logger.warn({ err: error }, 'outbox relay: lost its connection, starting again');
      } finally {
        // The session holds the lock; closing it gives it up.
        client?.release(failure ?? true);
      }
      if (!this.stopping) await this.rest.pause(RETRY_MS);
    }
  }

  private async lead(client: PoolClient): Promise<void> {
    client.on('error', () => this.rest.wake());
    await client.query(HELD_SESSION);
    if (!(await this.lock(client))) return;
    const others = this.bus.nats.subscribe(wakeSubjectOf(this.service), { callback: () => this.rest.wake() });
    this.isActive = true;
    const endMeasuring = this.measureByTheClock();
    try {
      await this.publishUntilStopped(client);
    } finally {
      this.isActive = false;
      this.oldestSeconds = 0;
      endMeasuring();
      others.unsubscribe();
    }
    await client.query('select pg_advisory_unlock_all()');
  }

  private async publishUntilStopped(client: PoolClient): Promise<void> {
    // A note of what was published that is lost with the server only has it published again.
    await client.query('set synchronous_commit = off');
    // Before the server has counted the rows, and whenever it believes them few, it would read all that was ever published.
    await client.query('set enable_seqscan = off');
    const pace = new Pace(PACE.perFact, PACE.longest);
    let tidiedAt = -Infinity;
    while (!this.stopping) {
      await this.rest.pause(pace.wait);
      this.rest.beginLook();
      const published = await this.publishBatch(client);
      if (published === BATCH) continue;
      pace.begin(published);
      if (performance.now() - tidiedAt > TIDY_MS) {
        await tidyPlatformTables(client, this.service, () => this.stopping);
        tidiedAt = performance.now();
      }
      await this.rest.untilWoken(POLL_MS);
    }
  }

  /** Waits to be the one that publishes. */
  private async lock(client: PoolClient): Promise<boolean> {
    while (!this.stopping) {
      const answer = await client.query('select pg_try_advisory_lock(hashtextextended($1, 0)) as locked', [
        `outbox:${this.service}`,
      ]);
      if (answer.rows[0].locked) return true;
      await this.rest.pause(FOLLOW_MS);
    }
    return false;
  }

  private async publishBatch(client: PoolClient): Promise<number> {
    const { rows } = await client.query<OutboxRow>({
      name: 'outbox-unpublished',
      text: `select position, id, subject, envelope from "${this.service}".outbox where published_at is null order by position limit ${BATCH}`,
    });
    if (rows.length === 0) return 0;
    const failures = await this.publisher.publish(
      this.tracing.isOn
        ? await Promise.all(rows.map((row) => this.tracedMessageOf(row)))
        : rows.map(messageOf),
      ACK_TIMEOUT_MS,
    );
    // Only the unbroken beginning counts: what follows a failure is published again after it, so the order holds.
    const firstFailure = failures.findIndex((failure) => failure && !(failure instanceof Unpublishable));
    const settled = firstFailure === -1 ? rows : rows.slice(0, firstFailure);
    for (const [index, row] of settled.entries())
      if (failures[index]) await this.park(client, row, failures[index]);
    const done = settled.filter((_, index) => !failures[index]);
    if (done.length > 0) {
      await this.tellOpenPages(done);
      await client.query({
        name: 'outbox-published',
        text: `update "${this.service}".outbox set published_at = now() where position = any ($1::bigint[])`,
        values: [done.map((row) => row.position)],
      });
    }
    if (firstFailure !== -1) throw failures[firstFailure]!;
    return rows.length;
  }

  /**
   * Puts a fact aside that its stream will never take: nobody else's fact waits for it. It is on the list of parked facts
   * (consumer `outbox`) with its reason; whoever has raised the bound has it published from there.
   */
  private async park(client: PoolClient, { position, subject }: OutboxRow, reason: Error): Promise<void> {
    this.metrics.deadLetters.inc({ consumer: OUTBOX });
    this.logger.error(
      { position, subject, err: reason },
      'outbox relay: a fact can never be published, it is put aside',
    );
    await client.query(
      `with parked as (
         insert into "${this.service}".parked_facts
           (consumer, stream_sequence, fact_id, school_id, aggregate_id, subject, envelope, reason, attempts)
         select $2, position, id, (envelope::jsonb ->> 'schoolId')::uuid, envelope::jsonb ->> 'aggregateId', subject, envelope, $3, 1
         from "${this.service}".outbox where position = $1
         on conflict do nothing)
       update "${this.service}".outbox set published_at = now() where position = $1`,
      [position, OUTBOX, reason.message.slice(0, 500)],
    );
  }

  /** Resolves when the server of NATS has the words: what is lost with the connection to it is published and told again. */
  private async tellOpenPages(rows: readonly OutboxRow[]): Promise<void> {
    if (!this.wordOf) return;
    const words = new Map<string, LiveWord>();
    for (const { envelope } of rows) {
      const word = this.wordOf(JSON.parse(envelope) as Envelope);
      if (word) words.set(JSON.stringify(word), word);
    }
    if (words.size === 0) return;
    for (const { subject, change } of words.values()) this.bus.nats.publish(subject, JSON.stringify(change));
    await this.bus.nats.flush();
  }

  /** The span that says when the relay took the fact to the stream; its consumers' spans belong to it. */
  private tracedMessageOf(row: OutboxRow): Promise<StreamMessage> {
    const { type, traceparent } = JSON.parse(row.envelope) as Envelope;
    return this.tracing.span(
      `publish ${type}`,
      'producer',
      {
        'messaging.system': 'nats',
        'messaging.destination.name': row.subject,
        'messaging.message.id': row.id,
      },
      () => Promise.resolve({ ...messageOf(row), traceparent: this.tracing.traceparent() }),
      traceparent ?? null,
    );
  }

  /** By a clock of its own: what keeps the relay from publishing must not keep anybody from seeing it. */
  private measureByTheClock(): () => void {
    let isAsking = false;
    const measure = async (): Promise<void> => {
      if (isAsking) return;
      isAsking = true;
      try {
        const { rows } = await this.database.pool.query<{ pending: number; age: number }>(
          `select count(*)::int as pending, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as age
           from "${this.service}".outbox where published_at is null`,
        );
        this.metrics.outboxPending.set(rows[0]!.pending);
        this.metrics.outboxAge.set(rows[0]!.age);
        this.oldestSeconds = rows[0]!.age;
      } catch (error) {
        this.logger.warn({ err: error }, 'outbox relay: cannot measure');
      } finally {
        isAsking = false;
      }
    };
    void measure();
    const timer = setInterval(() => void measure(), MEASURE_MS);
    timer.unref();
    return () => clearInterval(timer);
  }
}

const wakeSubjectOf = (service: string): string => `wake.${service}.outbox`;

/**
 * Tells the active relay of a service, wherever it runs, that there is something. By NATS and not by NOTIFY: PostgreSQL lets one
 * transaction that notifies commit at a time, in all databases of the server, and each then waits for the disk alone. Where
 * the word is lost the relay finds the facts at its next look.
 */
export function wakeRelayOf(service: string, { nats }: Bus): void {
  if (!nats.isClosed() && !nats.isDraining()) nats.publish(wakeSubjectOf(service));
}

const messageOf = ({ id, subject, envelope }: OutboxRow): StreamMessage => ({
  id,
  subject,
  payload: envelope,
});
