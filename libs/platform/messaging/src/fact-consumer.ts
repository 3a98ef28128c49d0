import { setTimeout as delay } from 'node:timers/promises';
import {
  AckPolicy,
  DeliverPolicy,
  type Consumer,
  type ConsumerMessages,
  type JsMsg,
} from '@nats-io/jetstream';
import { Tracing, type Logger, type Metrics } from '@parta/platform-observability';
import type { Database } from '@parta/platform-persistence';
import type { Bus } from './bus.js';
import { FactHandler } from './fact-handler.js';
import { Pace } from './pace.js';
import { patiently } from './replicas.js';
import { Rest } from './rest.js';
import type { Reaction } from './subscriptions.js';

const BATCH = 100;
const PREFETCH = 200;
/** Between the beginnings of two batches, unless one is full, in milliseconds for each fact of the first. */
const PACE_PER_FACT_MS = 50;
/** For how long facts are gathered at most, where somebody may be waiting to see them. */
const GATHER_MS = 60;
/**
 * When the node that served a consumer dies, its requests die with it unseen: two missing heartbeats tell, and the question
 * whether the consumer is still there is put again after `expires`. By its defaults the client would notice after 30 s.
 */
const LISTENING = { expires: 5000, idle_heartbeat: 1250 };
/** How long facts in the hands of a process that died stay there; a slow batch asks for more time meanwhile. */
const ACK_WAIT_MS = 10_000;

/**
 * Hears one producer's facts for one consumer, through a durable pull consumer `<consumer>__<producer>`; whatever has
 * arrived is handled together.
 */
export class FactConsumer {
  readonly name: string;
  private readonly handler: FactHandler;
  private consumer: Consumer | undefined;
  private messages: ConsumerMessages | undefined;
  private isPaused = false;
  private queue: JsMsg[] = [];
  private stopping = false;
  private draining: Promise<void> = Promise.resolve();
  private busy = false;
  private readonly pace: Pace;
  private readonly rest = new Rest();
  private lagTimer: NodeJS.Timeout | undefined;

  constructor(
    consumer: string,
    private readonly producer: string,
    reactions: readonly Reaction[],
    database: Database,
    private readonly bus: Bus,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    tracing = Tracing.off,
    gatherMs = GATHER_MS,
  ) {
    this.pace = new Pace(PACE_PER_FACT_MS, gatherMs);
    this.name = `${consumer}__${producer}`;
    this.handler = new FactHandler(this.name, reactions, database, logger, metrics, tracing);
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
        if (this.queue.length === BATCH) this.rest.wake();
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
    this.handler.stop();
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
        this.rest.beginLook();
        if (this.queue.length < BATCH) await this.rest.untilWoken(this.pace.wait);
        if (this.stopping) return;
        const startedAt = performance.now();
        const batch = this.queue.splice(0, BATCH);
        this.pace.begin(batch.length);
        await this.handler.handleAll(batch);
        if (performance.now() - startedAt > ACK_WAIT_MS / 4)
          for (const waiting of this.queue) waiting.working();
      }
    })().finally(() => {
      this.busy = false;
    });
  }
}
