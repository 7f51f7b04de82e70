import { beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import type { Deployment } from '../support/deployments/deployment.js';
import { createTenant } from '../support/tenants.js';

const ask = { endUserEmail: 'ada@example.com', prompt: 'A stone bridge in autumn' };

export const keys = (running: () => Deployment) =>
  describe('keys', () => {
    let product: Deployment;
    let admin: ApiClient;

    beforeAll(() => {
      product = running();
      admin = new ApiClient(product.url, product.adminKey);
    });

    it('may do what their scopes say and are told what they lack', async () => {
      const { client } = await createTenant(product.url, product.adminKey, 100, {
        scopes: ['generations:read'],
      });
      const refused = await client.post('/v1/generations', ask);
      expect(refused.status).toBe(403);
      expect(refused.body.error).toMatchObject({ code: 'forbidden', scope: 'generations:write' });
      expect((await client.get('/v1/generations')).status).toBe(200);
    });

    it('work in the x-api-key header too', async () => {
      const { key } = await createTenant(product.url, product.adminKey, 0);
      const answer = await fetch(`${product.url}/v1/balance`, { headers: { 'x-api-key': key } });
      expect(answer.status).toBe(200);
    });

    it('are limited by the minute, with headers that say so', async () => {
      const { client } = await createTenant(product.url, product.adminKey, 0, {
        requestsPerMinute: 3,
      });
      const answers = [];
      for (let count = 0; count < 4; count += 1) answers.push(await client.get('/v1/balance'));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
      const limited = answers[3]!;
      expect(limited.body.error.code).toBe('rate_limited');
      expect(limited.headers.get('x-ratelimit-limit')).toBe('3');
      expect(limited.headers.get('x-ratelimit-remaining')).toBe('0');
      const reset = Number(limited.headers.get('x-ratelimit-reset'));
      expect(reset).toBeGreaterThan(Date.now() / 1000);
      expect(Number(limited.headers.get('retry-after'))).toBeLessThan(60);
    });

    it('stop working when revoked', async () => {
      const { id, keyId, client } = await createTenant(product.url, product.adminKey, 0);
      expect((await client.get('/v1/balance')).status).toBe(200);
      const path = `/admin/v1/tenants/${id}/keys/${keyId}/revoke`;
      expect((await admin.post(path, { reason: 'leaked' })).status).toBe(204);
      expect((await client.get('/v1/balance')).status).toBe(401);
    });

    it('overlap with their successor and end with the overlap', async () => {
      const { id, keyId, client } = await createTenant(product.url, product.adminKey, 0);
      const path = `/admin/v1/tenants/${id}/keys/${keyId}/rotate`;
      const rotated = await admin.post(path, { overlapSeconds: 2 });
      expect(rotated.status).toBe(201);
      const successor = new ApiClient(product.url, rotated.body.key);
      expect((await successor.get('/v1/balance')).status).toBe(200);
      expect((await client.get('/v1/balance')).status).toBe(200);
      await expect
        .poll(async () => (await client.get('/v1/balance')).status, { timeout: 10_000 })
        .toBe(401);
      expect((await successor.get('/v1/balance')).status).toBe(200);
    });

    it('expire', async () => {
      const soon = new Date(Date.now() + 2_000).toISOString();
      const { client } = await createTenant(product.url, product.adminKey, 0, { expiresAt: soon });
      expect((await client.get('/v1/balance')).status).toBe(200);
      await expect
        .poll(async () => (await client.get('/v1/balance')).status, { timeout: 10_000 })
        .toBe(401);
    });

    it('are listed without what could be used, and with their last use', async () => {
      const { id, key, keyId, client } = await createTenant(product.url, product.adminKey, 0);
      await client.get('/v1/balance');
      await expect
        .poll(
          async () => (await admin.get(`/admin/v1/tenants/${id}/keys`)).body.keys[0]?.lastUsedAt,
          { timeout: 15_000, interval: 500 },
        )
        .toEqual(expect.any(String));
      const list = await admin.get(`/admin/v1/tenants/${id}/keys`);
      expect(list.body.keys[0].id).toBe(keyId);
      expect(JSON.stringify(list.body)).not.toContain(key);
      expect(JSON.stringify(list.body)).not.toContain('hash');
    });

    it('never appear in what the program prints', async () => {
      const { key, client } = await createTenant(product.url, product.adminKey, 100);
      await client.post('/v1/generations', ask);
      await client.get('/v1/nope');
      // Lines are written in portions: whatever was logged is out by then.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(product.output()).not.toContain(key);
      expect(product.output()).not.toContain(ask.prompt);
    });
  });
