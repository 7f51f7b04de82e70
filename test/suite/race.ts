import { beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import type { Deployment } from '../support/deployments/deployment.js';
import { createTenant } from '../support/tenants.js';

const body = { endUserEmail: 'ada@example.com', prompt: 'A quiet harbour at dusk' };

export const race = (running: () => Deployment) =>
  describe('200 requests at once on an account with tokens for 50', () => {
    let product: Deployment;

    beforeAll(() => {
      product = running();
    });

    async function race(urls: readonly string[]) {
      const tenant = await createTenant(product.url, product.adminKey, 500);
      const clients = urls.map((url) => new ApiClient(url, tenant.key));
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          clients[index % clients.length]!.post('/v1/generations', body),
        ),
      );
      const count = (status: number) => answers.filter((answer) => answer.status === status).length;
      const held = async () => {
        const { body: page } = await tenant.client.get('/v1/ledger/entries?limit=100');
        return page.entries.filter(({ type }: { type: string }) => type === 'TokensHeld').length;
      };
      await expect.poll(held, { timeout: 30_000 }).toBe(50);
      return { accepted: count(202), refused: count(402), answers };
    }

    it('accepts exactly 50 and answers 402 to the rest', async () => {
      const { accepted, refused, answers } = await race([product.url]);
      expect({ accepted, refused }).toEqual({ accepted: 50, refused: 150 });
      const error = answers.find(({ status }) => status === 402)?.body.error;
      expect(error).toMatchObject({ code: 'insufficient_balance', balance: 0, required: 10 });
    });

    it('accepts exactly 50 across all the API processes there may be', async () => {
      const other = await product.anotherApi?.();
      const urls = other === undefined ? [product.url] : [product.url, other];
      const { accepted, refused } = await race(urls);
      expect({ accepted, refused }).toEqual({ accepted: 50, refused: 150 });
    });
  });
