import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind as Kind,
  SpanStatusCode,
  trace,
  type Context,
  type Tracer,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { SpanAttributes, SpanKind } from './tracing.js';

const KINDS: Record<SpanKind, Kind> = {
  internal: Kind.INTERNAL,
  server: Kind.SERVER,
  client: Kind.CLIENT,
  producer: Kind.PRODUCER,
  consumer: Kind.CONSUMER,
};

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** OpenTelemetry behind `Tracing`; loaded only when traces are wanted. */
export interface TracingSdk {
  span<T>(
    name: string,
    kind: SpanKind,
    attributes: SpanAttributes,
    work: () => Promise<T>,
    parent?: string | null,
  ): Promise<T>;
  traceparent(): string | undefined;
  close(): Promise<void>;
}

/**
 * OTEL_TRACES_SAMPLER_ARG: share of traces kept, 1 unless said. OTEL_BSP_SCHEDULE_DELAY: milliseconds between two sendings,
 * 2000 unless said.
 */
export function openTracingSdk(service: string, endpoint: string, env: NodeJS.ProcessEnv): TracingSdk {
  // One for the process; the second service of a single process finds it there.
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': `parta-${service}`, 'service.namespace': 'parta' }),
    sampler: new ParentBasedSampler({
      root: new TraceIdRatioBasedSampler(Number(env.OTEL_TRACES_SAMPLER_ARG || 1)),
    }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }),
        scheduledDelayMillis: Number(env.OTEL_BSP_SCHEDULE_DELAY || 2000),
      }),
    ],
  });
  const tracer = provider.getTracer('parta');
  return {
    span: (name, kind, attributes, work, parent) => inSpan(tracer, name, kind, attributes, work, parent),
    traceparent,
    close: () => provider.shutdown(),
  };
}

async function inSpan<T>(
  tracer: Tracer,
  name: string,
  kind: SpanKind,
  attributes: SpanAttributes,
  work: () => Promise<T>,
  parent: string | null | undefined,
): Promise<T> {
  const outer = parent === undefined ? context.active() : contextOf(parent);
  const span = tracer.startSpan(name, { kind: KINDS[kind], attributes }, outer);
  try {
    return await context.with(trace.setSpan(outer, span), work);
  } catch (error) {
    span.recordException(error as Error);
    span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
    throw error;
  } finally {
    span.end();
  }
}

function traceparent(): string | undefined {
  const running = trace.getSpanContext(context.active());
  if (!running || !isSpanContextValid(running)) return undefined;
  return `00-${running.traceId}-${running.spanId}-${running.traceFlags.toString(16).padStart(2, '0')}`;
}

/** What came from outside is a parent only when it is well-formed. */
function contextOf(parent: string | null): Context {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(parent ?? '') ?? [];
  if (!traceId || !spanId) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags!, 16),
    isRemote: true,
  });
}
