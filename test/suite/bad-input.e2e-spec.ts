import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Deployment, deploy } from '../support/deployments/deployment.js';
import { explainFailures } from '../support/deployments/explain-failures.js';
import { createTenant, type TestTenant } from '../support/tenants.js';
import { badRequests } from './bad-requests.js';

describe('bad input', () => {
  let product: Deployment;
  let tenant: TestTenant;

  beforeAll(async () => {
    product = await deploy(inject('deploymentMode'), { WEBHOOK_ALLOW_CIDRS: '' });
    tenant = await createTenant(product.url, product.adminKey, 1_000);
  });

  afterAll(() => product?.dispose());
  explainFailures(() => product);

  it('has a table of at least 150 requests', () => {
    expect(badRequests.length).toBeGreaterThanOrEqual(150);
  });

  it.each(badRequests)('$what is answered $status $code', async (bad) => {
    const { method = 'POST', path = '/v1/generations', body, raw, headers, status, code } = bad;
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(product.url + path, {
      method,
      headers: {
        authorization: `Bearer ${tenant.key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: payload,
    });
    const answer = (await response.json()) as { error: Record<string, unknown> };
    expect({ status: response.status, code: answer.error.code }).toEqual({ status, code });
    if (bad.field !== undefined) expect(answer.error.field).toBe(bad.field);
    expect(answer.error.message).toEqual(expect.any(String));
    expect(response.headers.get('x-request-id')).toBeTruthy();
  });

  it('has debited nothing by any of them', async () => {
    const { body } = await tenant.client.get('/v1/balance');
    expect(body).toMatchObject({ available: 1_000, held: 0 });
    const { body: list } = await tenant.client.get('/v1/generations');
    expect(list.generations).toEqual([]);
  });
});
