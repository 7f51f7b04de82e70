import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { LocalHttpServer } from '../support/local-http-server.js';
import { SplitDeployment } from '../support/split-deployment.js';
import { createTenant } from '../support/tenants.js';

interface Span {
  readonly traceId: string;
  readonly name: string;
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: {
      readonly attributes: readonly {
        readonly key: string;
        readonly value: { readonly stringValue?: string };
      }[];
    };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

/** `service: span` of everything the collector was sent for one trace. */
function spansOf(collector: LocalHttpServer, traceId: string): readonly string[] {
  const exports = collector.received.map(({ body }) => JSON.parse(body.toString()) as Export);
  return exports.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ resource, scopeSpans }) => {
      const service = resource.attributes.find(({ key }) => key === 'service.name');
      return scopeSpans
        .flatMap(({ spans }) => spans)
        .filter((span) => span.traceId === traceId)
        .map(({ name }) => `${service?.value.stringValue}: ${name}`);
    }),
  );
}

describe('the services as processes of their own', () => {
  let deployment: SplitDeployment;
  let receiver: LocalHttpServer;
  let collector: LocalHttpServer;

  beforeAll(async () => {
    receiver = await LocalHttpServer.start();
    const json = { 'content-type': 'application/json' };
    collector = await LocalHttpServer.start(() => ({ status: 200, headers: json, body: '{}' }));
    deployment = await SplitDeployment.create();
    await deployment.startAll({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  });
  afterAll(async () => {
    await deployment.dispose();
    await Promise.all([receiver.stop(), collector.stop()]);
  });

  it('sell one picture together, from the POST to the webhook, in one trace', async () => {
    const { url } = deployment.of('api');
    const { client } = await createTenant(url, deployment.adminKey, 100);
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    const ask = {
      endUserEmail: 'ada@example.com',
      prompt: 'A quiet harbour at dawn',
      size: '1900x1900',
      webhookUrl: `${receiver.url}/done`,
    };
    const accepted = await client.post('/v1/generations', ask, { traceparent });
    expect(accepted.status).toBe(202);
    const delivery = await receiver.next(({ path }) => path === '/done');
    expect(JSON.parse(delivery.body.toString())).toMatchObject({
      requestId: accepted.body.requestId,
      status: 'succeeded',
    });
    expect(delivery.headers.traceparent).toMatch(new RegExp(`^00-${traceId}-`));
    await expect
      .poll(async () => (await client.get('/v1/balance')).body, { timeout: 10_000 })
      .toMatchObject({ available: 90, held: 0 });

    await expect
      .poll(() => spansOf(collector, traceId), { timeout: 10_000 })
      .toEqual(
        expect.arrayContaining([
          'api: POST /v1/generations',
          'api: append',
          'orchestrator: react job-enqueuer',
          'orchestrator: lease',
          'worker: provider call',
          'orchestrator: PUT /worker/v1/leases/:jobId/outputs/:index',
          'orchestrator: react settlement',
          'webhooks: react webhook-message-creator',
          'webhooks: webhook delivery',
        ]),
      );
  });

  it('share the work with further processes of their kind', async () => {
    const [first, second] = [deployment.of('api'), await deployment.start('api')];
    const { key, client } = await createTenant(first.url, deployment.adminKey, 100);
    const ask = { endUserEmail: 'ada@example.com', prompt: 'Dunes', size: '1900x1900' };
    const accepted = await client.post('/v1/generations', ask);
    const other = new ApiClient(second.url, key);

    expect((await other.outcome(accepted.body.requestId)).body.status).toBe('succeeded');
    expect(await second.stop()).toBe(0);
  });

  it('end within seconds when asked to, and exit with 0', async () => {
    for (const name of ['worker', 'webhooks', 'orchestrator', 'ledger'] as const) {
      expect(await deployment.of(name).stop(), name).toBe(0);
    }
    expect(await deployment.of('api').stop()).toBe(0);
  });
});
