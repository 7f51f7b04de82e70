import { EventStoreDbServer } from '@imprest/testkit/eventstoredb';
import { CuttableProxy } from '@imprest/testkit/network';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import type { ServiceProcess } from '../support/service-process.js';
import { SplitDeployment } from '../support/split-deployment.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const ask = { endUserEmail: 'ada@example.com', prompt: 'Dunes', size: '1900x1900' };
const TOKENS = 1_000;
const EACH = 10;
/** Kafka is spoken to by nobody but those who need it: a port where nothing listens is a broker that is down. */
const NO_BROKER = 'kafka://127.0.0.1:9';

async function readiness({ url }: ServiceProcess) {
  const { status, body } = await new ApiClient(url, '').get('/readyz');
  const broken = Object.entries<{ ok: boolean; needed: boolean }>(body.checks)
    .filter(([, { ok, needed }]) => !ok && needed)
    .map(([name]) => name);
  return { status, broken };
}

/** Accepts requests until one is refused; says what the refusal looked like. */
async function askUntilRefused({ client }: TestTenant) {
  for (let accepted = 0; accepted < 20; accepted += 1) {
    const answer = await client.post('/v1/generations', ask);
    if (answer.status !== 202) return { accepted, answer };
  }
  throw new Error('nothing was refused');
}

async function balanceComesTo(tenant: TestTenant, accepted: number) {
  const sum = async () => {
    const { body } = await tenant.client.get('/v1/balance');
    return body.available;
  };
  await expect.poll(sum, { timeout: 20_000 }).toBe(TOKENS - accepted * EACH);
}

describe('a service that loses an engine', () => {
  let deployment: SplitDeployment;
  const ends: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    deployment = await SplitDeployment.create();
  });
  afterEach(async () => {
    await deployment.dispose();
    for (const end of ends.splice(0)) await end();
  });

  const tenantAt = ({ url }: ServiceProcess) => createTenant(url, deployment.adminKey, TOKENS);
  async function proxyTo(target: string): Promise<CuttableProxy> {
    const proxy = await CuttableProxy.to(target);
    ends.push(() => proxy.close());
    return proxy;
  }

  it('PostgreSQL: refuses without a debit, says so, and goes on by itself', async () => {
    const proxy = await proxyTo(deployment.databaseUrl);
    const [api, ledger] = [
      await deployment.start('api', { DATABASE_URL: proxy.url }),
      await deployment.start('ledger', { DATABASE_URL: proxy.url }),
    ];
    const tenant = await tenantAt(api);
    expect((await tenant.client.post('/v1/generations', ask)).status).toBe(202);
    await balanceComesTo(tenant, 1);

    proxy.cut();
    const { accepted, answer } = await askUntilRefused(tenant);
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await tenant.client.get('/v1/balance')).status).toBe(503);
    for (const service of [api, ledger]) {
      expect(await readiness(service)).toMatchObject({
        status: 503,
        broken: expect.arrayContaining(['database', 'eventStore']),
      });
    }

    proxy.restore();
    for (const service of [api, ledger]) {
      await expect
        .poll(() => readiness(service), { timeout: 30_000 })
        .toEqual({ status: 200, broken: [] });
    }
    expect((await tenant.client.post('/v1/generations', ask)).status).toBe(202);
    await balanceComesTo(tenant, 2 + accepted);
  });

  it('EventStoreDB: refuses without a debit, says so, and goes on by itself', async () => {
    const store = await EventStoreDbServer.start();
    ends.push(() => store.stop());
    const proxy = await proxyTo(store.connectionString);
    const engines = { EVENT_STORE: proxy.url };
    const api = await deployment.start('api', engines);
    await deployment.start('ledger', engines);
    const tenant = await tenantAt(api);
    expect((await tenant.client.post('/v1/generations', ask)).status).toBe(202);

    proxy.cut();
    const { accepted, answer } = await askUntilRefused(tenant);
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await readiness(api)).toEqual({ status: 503, broken: ['eventStore'] });

    proxy.restore();
    await expect
      .poll(() => readiness(api), { timeout: 30_000 })
      .toEqual({ status: 200, broken: [] });
    expect((await tenant.client.post('/v1/generations', ask)).status).toBe(202);
    await balanceComesTo(tenant, 2 + accepted);
  });

  it('Kafka: accepts on, since accepting does not need it, while the ledger says that it waits', async () => {
    const engines = { MESSAGE_BUS: NO_BROKER };
    const api = await deployment.start('api', engines);
    const ledger = await deployment.start('ledger', engines);
    const tenant = await tenantAt(api);

    expect((await tenant.client.post('/v1/generations', ask)).status).toBe(202);
    expect(await readiness(api)).toEqual({ status: 200, broken: [] });
    const standing = await readiness(ledger);
    expect(standing.status).toBe(503);
    expect(standing.broken).toContain('messageBus');
  });
});
