import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { NO_STREAM } from '@imprest/application';
import { InMemoryEventStore } from '@imprest/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../config/index.js';
import { openTracing } from './open-tracing.js';
import { TracedEventStore } from './traced-event-store.js';
import { noTracing, type Tracing } from './tracing.js';

interface ExportedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly status: { readonly code?: number };
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

const caller = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const unsampled = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';

describe('tracing', () => {
  let collector: Server;
  let spans: ExportedSpan[];
  let tracing: Tracing;

  beforeEach(async () => {
    spans = [];
    collector = createServer(async (request, response) => {
      const body = (await json(request)) as {
        resourceSpans: { scopeSpans: { spans: ExportedSpan[] }[] }[];
      };
      for (const { scopeSpans } of body.resourceSpans) {
        for (const scope of scopeSpans) spans.push(...scope.spans);
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const { port } = collector.address() as AddressInfo;
    const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
    tracing = await openTracing(loadConfig({ OTEL_EXPORTER_OTLP_ENDPOINT }), 'api');
  });
  afterEach(async () => {
    await tracing.close();
    collector.closeAllConnections();
    await new Promise((resolve) => collector.close(resolve));
  });

  const request = { name: 'POST /v1/generations', kind: 'server' } as const;

  it('sends spans of one trace to the collector, in the shape of a tree', async () => {
    const span = tracing.begin(request, undefined);
    await tracing.within({ name: 'append', kind: 'client' }, span.traceparent, async () => {});
    span.end(undefined, 202);
    await tracing.close();

    const [append, root] = spans;
    expect(root).toMatchObject({ name: 'POST /v1/generations', kind: 2 });
    expect(root?.parentSpanId ?? '').toBe('');
    expect(append).toMatchObject({ traceId: root?.traceId, parentSpanId: root?.spanId, kind: 3 });
  });

  it("goes on with a caller's trace, and leaves one alone that the caller does not record", async () => {
    tracing.begin(request, caller).end();
    const silent = tracing.begin(request, unsampled);
    silent.end();
    await tracing.close();

    expect(silent.traceparent).toBeUndefined();
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      parentSpanId: '00f067aa0ba902b7',
    });
  });

  it('tells the kind of a failure and never its words', async () => {
    const failing = tracing.within({ name: 'provider call', kind: 'client' }, caller, async () => {
      throw new RangeError('ada@example.com');
    });
    await expect(failing).rejects.toThrow(RangeError);
    await tracing.close();

    expect(spans[0]?.status.code).toBe(2);
    expect(JSON.stringify(spans)).toContain('RangeError');
    expect(JSON.stringify(spans)).not.toContain('ada@example.com');
  });

  it('begins no trace for work that belongs to none', async () => {
    const work = async (traceparent: string | undefined) => traceparent;
    const passedOn = await tracing.within({ name: 'react', kind: 'consumer' }, undefined, work);
    await tracing.close();

    expect(passedOn).toBeUndefined();
    expect(spans).toEqual([]);
  });

  it('shows an append in the trace of each request that it is for', async () => {
    const store = new TracedEventStore(new InMemoryEventStore(), tracing);
    const other = caller.replace('4bf', '5bf');
    const event = (eventId: string, traceparent?: string) => ({
      eventId,
      type: 'AccountOpened',
      version: 1,
      data: { tenantId: 'acme' },
      metadata: {
        correlationId: 'r',
        causationId: 'r',
        occurredAt: '2026-01-01T00:00:00.000Z',
        actor: { kind: 'system', id: 'test' } as const,
        traceparent,
      },
    });
    const events = [
      event('0198f2a0-0000-7000-8000-000000000001', caller),
      event('0198f2a0-0000-7000-8000-000000000002', caller),
      event('0198f2a0-0000-7000-8000-000000000003', other),
      event('0198f2a0-0000-7000-8000-000000000004'),
    ];
    await store.append([{ stream: 'tokenAccount-a', expectedRevision: NO_STREAM, events }]);
    await tracing.close();

    expect(spans.map(({ name, traceId }) => `${name} ${traceId.slice(0, 3)}`).sort()).toEqual([
      'append 4bf',
      'append 5bf',
    ]);
  });

  it('is not hurt by a collector that is away', async () => {
    await new Promise((resolve) => {
      collector.close(resolve);
      collector.closeAllConnections();
    });
    tracing.begin(request, undefined).end();

    await tracing.close();
  });
});

describe('no tracing', () => {
  it('is what an empty configuration gives, and passes on what it is given', async () => {
    expect(await openTracing(loadConfig({}), 'api')).toBe(noTracing);
    const span = { name: 'react', kind: 'consumer' } as const;
    expect(await noTracing.within(span, caller, async (passedOn) => passedOn)).toBe(caller);
  });
});
