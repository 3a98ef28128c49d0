import type { TracingSdk } from './tracing-sdk.js';

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';
export type SpanAttributes = Record<string, string | number | boolean | undefined>;

/**
 * Spans of one service, sent by OTLP over HTTP to OTEL_EXPORTER_OTLP_ENDPOINT. Without that variable nothing of
 * OpenTelemetry is loaded and every span is its work alone.
 */
export class Tracing {
  /** Of tests and tools, and wherever no endpoint is set. */
  static readonly off = new Tracing(null);

  private constructor(private readonly sdk: TracingSdk | null) {}

  static async open(service: string, env: NodeJS.ProcessEnv = process.env): Promise<Tracing> {
    const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
    if (!endpoint) return Tracing.off;
    const { openTracingSdk } = await import('./tracing-sdk.js');
    return new Tracing(openTracingSdk(service, endpoint, env));
  }

  get isOn(): boolean {
    return this.sdk !== null;
  }

  /**
   * Runs `work` inside a span; an error it throws is recorded with it.
   * @param parent a W3C traceparent from outside; without it the span belongs to the one that is running
   */
  span<T>(
    name: string,
    kind: SpanKind,
    attributes: SpanAttributes,
    work: () => Promise<T>,
    parent?: string | null,
  ): Promise<T> {
    return this.sdk ? this.sdk.span(name, kind, attributes, work, parent) : work();
  }

  /** As `span`, but only inside one that is running: what the process does by itself would be a trace of one span. */
  detail<T>(name: string, kind: SpanKind, attributes: SpanAttributes, work: () => Promise<T>): Promise<T> {
    return this.sdk?.traceparent() ? this.sdk.span(name, kind, attributes, work) : work();
  }

  /** The running span as W3C traceparent, to send along; undefined outside of spans. */
  traceparent(): string | undefined {
    return this.sdk?.traceparent();
  }

  /** Sends what is left. */
  async close(): Promise<void> {
    await this.sdk?.close();
  }
}
