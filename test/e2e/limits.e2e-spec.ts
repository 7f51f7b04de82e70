import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

/** The smallest picture that may be asked for: renders fastest. Costs 10 tokens. */
const ask = { endUserEmail: 'ada@example.com', prompt: 'A paper boat', size: '1900x1900' };

describe('limits', () => {
  let program: ImprestProgram;
  let admin: ApiClient;
  const tenantWith = (tokens: number, terms = {}): Promise<TestTenant> =>
    createTenant(program.url, program.adminKey, tokens, terms);

  beforeAll(async () => {
    program = await ImprestProgram.create({});
    await program.start();
    admin = new ApiClient(program.url, program.adminKey);
  });
  afterAll(() => program?.dispose());

  it('count each bucket of a key apart, and say where all limits stand', async () => {
    const { client } = await tenantWith(100, { requestsPerMinute: 2 });
    const answers = [];
    for (let i = 0; i < 3; i += 1) answers.push(await client.post('/v1/generations', ask));

    expect(answers.map(({ status }) => status)).toEqual([202, 202, 429]);
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual([
      ...['1', '0', '0'],
    ]);
    expect(answers[0]!.headers.get('ratelimit-policy')).toBe(
      '"key";q=2;w=60, "tenant";q=1000000;w=60',
    );
    expect(answers[1]!.headers.get('ratelimit')).toMatch(
      /^"key";r=0;t=\d+, "tenant";r=999998;t=\d+$/,
    );
    expect((await client.get('/v1/balance')).status).toBe(200);
  });

  it('grow with the tier that the operator assigns, in the window that is open', async () => {
    const { client, id } = await tenantWith(0, { requestsPerMinute: 3 });
    await client.get('/v1/balance');
    await admin.call('PUT', `/admin/v1/tenants/${id}/tier`, { tier: 'scale' });
    const { headers } = await client.get('/v1/balance');

    expect(headers.get('x-ratelimit-limit')).toBe('6');
    expect(headers.get('x-ratelimit-remaining')).toBe('4');
  });

  it('keep whatever comes at once within the budget of an end user', async () => {
    const { client } = await tenantWith(1_000);
    const budget = `/v1/end-users/${ask.endUserEmail}/budget`;
    await client.call('PUT', budget, { perDay: 35 });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => client.post('/v1/generations', ask)),
    );

    const refused = answers.filter(({ status }) => status === 402);
    expect(refused).toHaveLength(5);
    expect(refused[0]!.body.error).toMatchObject({
      ...{ code: 'budget_exceeded', budget: 'endUser', period: 'perDay', limit: 35 },
      ...{ spent: 30, required: 10, charged: false },
    });
    const { body } = await client.get(budget);
    expect(body).toMatchObject({ perDay: 35, spent: { today: 30 } });
    const other = { ...ask, endUserEmail: 'grace@example.com' };
    expect((await client.post('/v1/generations', other)).status).toBe(202);
  });

  it('give a key’s budget to its successor', async () => {
    const { client, id, keyId } = await tenantWith(1_000);
    const keys = `/admin/v1/tenants/${id}/keys`;
    await admin.call('PUT', `${keys}/${keyId}/budget`, { total: 15 });
    expect((await client.post('/v1/generations', ask)).status).toBe(202);
    const { body } = await admin.post(`${keys}/${keyId}/rotate`, { overlapSeconds: 600 });
    const successor = new ApiClient(program.url, body.key);

    expect((await successor.post('/v1/generations', ask)).body.error).toMatchObject({
      ...{ code: 'budget_exceeded', budget: 'apiKey', spent: 10 },
    });
  });

  it('show in usage, which agrees with the ledger', async () => {
    const { client, keyId } = await tenantWith(1_000);
    await client.call('PUT', `/v1/end-users/${ask.endUserEmail}/budget`, { perMonth: 500 });
    await client.post('/v1/generations', ask, { prefer: 'wait=30' });
    const images = { prompt: 'A paper boat', size: '256x256', user: 'grace@example.com' };
    await client.post('/v1/images/generations', images);
    const groups = async (query: string) => (await client.get(`/v1/usage?${query}`)).body.usage;
    const captured = async () => {
      const { body } = await client.get('/v1/ledger/lots');
      return Number(body.lots[0].captured);
    };
    await vi.waitFor(
      async () => {
        const [all] = await groups('groupBy=apiKey');
        expect(all?.succeeded).toBe(2);
        expect(all.xTokens.held).toBe(all.xTokens.captured + all.xTokens.released);
        expect(all.xTokens.captured).toBe(await captured());
      },
      { timeout: 10_000, interval: 100 },
    );
    const [ada] = (await groups('groupBy=endUser,dialect')).filter(
      (group: { endUserEmail: string }) => group.endUserEmail === ask.endUserEmail,
    );
    expect(ada).toMatchObject({
      ...{ dialect: 'xmode', requests: 1, succeeded: 1 },
      endUserBudget: { perMonth: 500, spent: { thisMonth: ada.xTokens.captured } },
    });
    const day = new Date().toISOString().slice(0, 10);
    expect(await groups(`groupBy=model&to=${day}`)).toEqual([]);
    const csv = await client.get('/v1/usage?groupBy=apiKey', { accept: 'text/csv' });
    const [head, line] = csv.body.split('\r\n');
    expect(head).toMatch(/^api_key,.*,requests,succeeded,.*,tokens_captured,/);
    expect(line).toContain(keyId);
  });
});
