import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Prometheus metrics of one service. Several services in one process each have their own registry. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests: Histogram<'operation' | 'outcome'>;
  readonly outboxAge: Gauge;
  readonly outboxPending: Gauge;
  readonly consumerLag: Gauge<'consumer'>;
  readonly deadLetters: Counter<'consumer'>;
  readonly handledFacts: Counter<'consumer' | 'outcome'>;

  constructor(readonly service: string) {
    const registers = [this.registry];
    this.registry.setDefaultLabels({ service });
    this.requests = new Histogram({
      name: 'parta_request_duration_seconds',
      help: 'Duration of operations by outcome (ok or the error code)',
      labelNames: ['operation', 'outcome'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    });
    this.outboxAge = new Gauge({
      name: 'parta_outbox_age_seconds',
      help: 'Age of the oldest fact not yet published',
      registers,
    });
    this.outboxPending = new Gauge({
      name: 'parta_outbox_pending',
      help: 'Facts not yet published',
      registers,
    });
    this.consumerLag = new Gauge({
      name: 'parta_consumer_lag',
      help: 'Facts on the stream that a consumer has not handled',
      labelNames: ['consumer'],
      registers,
    });
    this.deadLetters = new Counter({
      name: 'parta_dead_letters_total',
      help: 'Facts given up and put aside',
      labelNames: ['consumer'],
      registers,
    });
    this.handledFacts = new Counter({
      name: 'parta_handled_facts_total',
      help: 'Facts handled by outcome (applied, duplicate, retried, dead)',
      labelNames: ['consumer', 'outcome'],
      registers,
    });
  }

  /** Metrics of the Node process itself; once per process. */
  collectProcessMetrics(): void {
    // Its own 10 ms would look at the event loop a hundred times a second: half of what a process does that has nothing to do.
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 100 });
  }
}
