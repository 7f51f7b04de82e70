import { randomBytes } from 'node:crypto';
import { ApiClient } from './api-client.js';

export interface TestTenant {
  readonly id: string;
  readonly client: ApiClient;
  readonly key: string;
  readonly keyId: string;
  readonly webhookSecret: string;
}

/** A tenant of its own for one test, with this many tokens. */
export async function createTenant(
  url: string,
  adminKey: string,
  tokens: number,
  keyTerms: object = {},
): Promise<TestTenant> {
  const admin = new ApiClient(url, adminKey);
  const id = `t${randomBytes(6).toString('hex')}`;
  const created = await admin.post('/admin/v1/tenants', { id, name: `Tenant ${id}` });
  if (created.status !== 201) throw new Error(JSON.stringify(created.body));
  const terms = { name: 'test', requestsPerMinute: 1_000_000, ...keyTerms };
  const issued = await admin.post(`/admin/v1/tenants/${id}/keys`, terms);
  if (tokens > 0) {
    await admin.post(`/admin/v1/tenants/${id}/grants`, {
      tokens,
      reason: 'test',
      grantId: `g${id}`,
    });
  }
  const { key, id: keyId } = issued.body;
  const { webhookSecret } = created.body;
  return { id, client: new ApiClient(url, key), key, keyId, webhookSecret };
}
