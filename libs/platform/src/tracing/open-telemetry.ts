import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracingChoice } from '../config/index.js';
import { formatTraceparent, parseTraceparent } from './traceparent.js';
import type { OpenSpan, SpanDescription, Traceparent, Tracing } from './tracing.js';

const EXPORT_EVERY_MS = 1_000;
const EXPORT_TIMEOUT_MS = 5_000;
/** Spans that wait for a collector; further ones are lost rather than kept. */
const MOST_WAITING = 4_096;
const MOST_IN_ONE_EXPORT = 512;

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const;

function contextOf(parent: Traceparent | undefined): Context {
  const known = parseTraceparent(parent);
  return known === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, known);
}

function end(span: Span, failure: unknown, status: number | undefined): void {
  if (status !== undefined) span.setAttribute('http.response.status_code', status);
  if (failure !== undefined || (status !== undefined && status >= 500)) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    // The kind of the failure, not its message: messages may quote what people wrote.
    if (failure instanceof Error) span.setAttribute('error.type', failure.name);
  }
  span.end();
}

class OpenTelemetryTracing implements Tracing {
  readonly enabled = true;
  private readonly tracer: Tracer;

  constructor(private readonly provider: TracerProvider) {
    this.tracer = provider.getTracer('imprest');
  }

  begin(
    { name, kind, attributes = {} }: SpanDescription,
    parent: Traceparent | undefined,
  ): OpenSpan {
    const options = { kind: kinds[kind], attributes };
    const span = this.tracer.startSpan(name, options, contextOf(parent));
    return {
      traceparent: span.isRecording() ? formatTraceparent(span.spanContext()) : undefined,
      end: (failure, status) => end(span, failure, status),
    };
  }

  async within<T>(
    description: SpanDescription,
    parent: Traceparent | undefined,
    work: (traceparent: Traceparent | undefined) => Promise<T>,
  ): Promise<T> {
    if (parseTraceparent(parent) === undefined) return work(parent);
    const span = this.begin(description, parent);
    try {
      const result = await work(span.traceparent);
      span.end();
      return result;
    } catch (error) {
      span.end(error);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.provider.shutdown().catch(() => undefined);
  }
}

/** Spans sent to a collector by OTLP over HTTP, in batches and in the background. */
export function openTelemetry({ url, headers, ratio }: TracingChoice, service: string): Tracing {
  const exporter = new OTLPTraceExporter({ url, headers, timeoutMillis: EXPORT_TIMEOUT_MS });
  const processor = new BatchSpanProcessor({
    exporter,
    scheduledDelayMillis: EXPORT_EVERY_MS,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS,
    maxQueueSize: MOST_WAITING,
    maxExportBatchSize: MOST_IN_ONE_EXPORT,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.namespace': 'imprest', 'service.name': service }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [processor],
  });
  return new OpenTelemetryTracing(provider);
}
