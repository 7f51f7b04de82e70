import { EventStoreDbServer } from '@imprest/testkit/eventstoredb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startS3Service } from '../../libs/asset-store-s3/src/s3-service.fixtures.js';
import { ApiClient } from '../support/api-client.js';
import { topicsOfItsOwn } from '../support/kafka-topics.js';
import { LocalHttpServer } from '../support/local-http-server.js';
import { SplitDeployment } from '../support/split-deployment.js';
import { createTenant } from '../support/tenants.js';
import { TraceCollector } from '../support/trace-collector.js';

/** What docker-compose.yml brings up, without the containers: every service on every engine it scales out to. */
describe('five services on EventStoreDB, Kafka, S3 and PostgreSQL', () => {
  let deployment: SplitDeployment;
  let receiver: LocalHttpServer;
  let collector: TraceCollector;
  let engines: Readonly<Record<string, string>>;
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    receiver = await LocalHttpServer.start();
    collector = await TraceCollector.start();
    const store = await EventStoreDbServer.start();
    const s3 = await startS3Service();
    deployment = await SplitDeployment.create();
    ends.push(
      () => deployment.dispose(),
      () => s3.dispose(),
      () => store.stop(),
      () => receiver.stop(),
      () => collector.stop(),
    );
    const { bucket, endpoint, credentials } = s3.options;
    engines = {
      ...collector.environment,
      EVENT_STORE: store.connectionString,
      ...(await topicsOfItsOwn(deployment.environment)),
      ASSET_STORE: `s3://${bucket}/live?endpoint=${endpoint}`,
      AWS_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
    };
    await deployment.startAll(engines);
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });

  it('sell a picture, deliver it, show it and agree on its price, in one trace', async () => {
    const { client } = await createTenant(deployment.of('api').url, deployment.adminKey, 100);
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const ask = {
      endUserEmail: 'ada@example.com',
      prompt: 'A quiet harbour at dawn',
      size: '1900x1900',
      webhookUrl: `${receiver.url}/done`,
    };
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    const accepted = await client.post('/v1/generations', ask, { traceparent });
    expect(accepted.status).toBe(202);
    const delivery = await receiver.next(({ path }) => path === '/done', 60_000);
    const record = JSON.parse(delivery.body.toString());
    expect(record).toMatchObject({ requestId: accepted.body.requestId, status: 'succeeded' });
    const image = await fetch(record.images[0].url);
    expect(image.status).toBe(200);
    expect(
      Buffer.from(await image.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    await expect
      .poll(async () => (await client.get('/v1/balance')).body, { timeout: 20_000 })
      .toMatchObject({ available: 90, held: 0 });
    await expect
      .poll(() => collector.spansOf(traceId), { timeout: 10_000 })
      .toEqual(
        expect.arrayContaining([
          'api: POST /v1/generations',
          'orchestrator: react job-enqueuer',
          'worker: provider call',
          'webhooks: react webhook-message-creator',
          'webhooks: webhook delivery',
        ]),
      );
  });

  it('are ready, each by what it needs', async () => {
    for (const name of ['api', 'ledger', 'orchestrator', 'webhooks'] as const) {
      const ready = () => new ApiClient(deployment.of(name).url, '').get('/readyz');
      await expect.poll(async () => (await ready()).body.ready, { timeout: 10_000 }).toBe(true);
    }
  });

  it('are refused another event store than the one their database belongs to', async () => {
    const elsewhere = await EventStoreDbServer.start();
    const wrong = { ...engines, EVENT_STORE: elsewhere.connectionString };
    await expect(deployment.start('webhooks', wrong)).rejects.toThrow(
      /webhooks cannot start: .*the one that EVENT_STORE names is empty.*migrate-store/,
    );
    const postgres = { ...engines, EVENT_STORE: 'postgres' };
    await expect(deployment.start('webhooks', postgres)).rejects.toThrow(
      /belong to an EventStoreDB .*EVENT_STORE names this PostgreSQL/,
    );
    await elsewhere.stop();
  });
});
