import type { IdentityEmbedding, WorkOrder } from '@imprest/application';
import { expect, test, vi } from 'vitest';
import { identityOf } from './identity-of.js';

const { signal } = new AbortController();
const orderFor = (identity: WorkOrder['identity']) => ({ jobId: 'req_1', identity }) as WorkOrder;
const somebody = (embedding: IdentityEmbedding | null) =>
  orderFor({ description: 'an adult person of 34 years', embedding });
const services = () => ({
  provider: { embedIdentity: vi.fn(async () => [0.25]) },
  client: { identity: vi.fn(async () => [0.5]) },
});

test('looks that came with the order are used as they are', async () => {
  const { provider, client } = services();
  expect(await identityOf(somebody([0.75]), provider, client, signal)).toEqual([0.75]);
  expect(provider.embedIdentity).not.toHaveBeenCalled();
});

test('looks that nobody has worked out yet are, and those count that the orchestrator has', async () => {
  const { provider, client } = services();
  const order = somebody(null);
  expect(await identityOf(order, provider, client, signal)).toEqual([0.5]);
  expect(provider.embedIdentity).toHaveBeenCalledWith('an adult person of 34 years');
  expect(client.identity).toHaveBeenCalledWith(order, [0.25], signal);
});

test('nobody has looks where none is asked for, or where the provider has none', async () => {
  const { provider, client } = services();
  expect(await identityOf(orderFor(undefined), provider, client, signal)).toBeUndefined();
  expect(await identityOf(somebody(null), {}, client, signal)).toBeUndefined();
});
