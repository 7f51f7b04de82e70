import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { LocalHttpServer } from '../support/local-http-server.js';
import { ServiceProcess } from '../support/service-process.js';
import { SplitDeployment } from '../support/split-deployment.js';
import { createTenant } from '../support/tenants.js';
import { TraceCollector } from '../support/trace-collector.js';

describe('the services as processes of their own', () => {
  let deployment: SplitDeployment;
  let receiver: LocalHttpServer;
  let collector: TraceCollector;

  beforeAll(async () => {
    receiver = await LocalHttpServer.start();
    collector = await TraceCollector.start();
    deployment = await SplitDeployment.create();
    await deployment.startAll(collector.environment);
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
      .poll(() => collector.spansOf(traceId), { timeout: 10_000 })
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

  it('turn unready when asked to stop, and answer on until load balancers have noticed', async () => {
    const third = await deployment.start('api', { DRAIN_SECONDS: '2' });
    const { key } = await createTenant(third.url, deployment.adminKey, 100);
    const client = new ApiClient(third.url, key);
    expect((await client.get('/readyz')).status).toBe(200);
    const stopped = third.stop();
    const standing = async () => (await client.get('/readyz')).body.checks.process;

    await expect.poll(standing).toMatchObject({ ok: false, detail: 'shutting down' });
    expect((await client.get('/v1/balance')).status).toBe(200);
    expect(await stopped).toBe(0);
  });

  it('refuse to start where they could not be one product', async () => {
    const { DATABASE_URL: _, ...alone } = deployment.environment;
    const IMPREST_MASTER_KEY = Buffer.alloc(32, 9).toString('base64');
    const refusals = [
      [ServiceProcess.spawn('ledger', alone), /ledger cannot start: .*\n +DATABASE_URL must name/],
      [
        ServiceProcess.spawn('webhooks', { ...deployment.environment, IMPREST_MASTER_KEY }),
        /webhooks cannot start: .*\n +IMPREST_MASTER_KEY is not the one that this database/,
      ],
      [
        ServiceProcess.spawn('worker', { IMPREST_DATA_DIR: '/nonexistent' }),
        /worker cannot start: .*\n +IMPREST_WORKER_KEY must be the one/,
      ],
    ] as const;
    for (const [service, reason] of refusals) {
      expect(await service.ended()).toBe(1);
      expect(service.output).toMatch(reason);
    }
  });

  it('end within seconds when asked to, and exit with 0', async () => {
    for (const name of ['worker', 'webhooks', 'orchestrator', 'ledger'] as const) {
      expect(await deployment.of(name).stop(), name).toBe(0);
    }
    expect(await deployment.of('api').stop()).toBe(0);
  });
});
