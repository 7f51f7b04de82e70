import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { type FuzzedRequest, fuzzedRequests } from '../support/fuzz/fuzzed-requests.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const COUNT = Number(process.env.FUZZ_COUNT ?? 20_000);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const AT_ONCE = 8;
const TOKENS = 800;
const WORKER_KEY = 'a-worker-key-of-the-fuzz-trial-0123456789';

/** These cost tokens when they are accepted. */
const CHARGED = [
  'createGeneration',
  'rerunGeneration',
  'createImages',
  'editImages',
  'createUncensoredImage',
];

describe(`bodies made from the schemas (FUZZ_SEED=${SEED} FUZZ_COUNT=${COUNT})`, () => {
  let program: ImprestProgram;
  let payer: TestTenant;
  let clients: Readonly<Record<string, ApiClient>>;
  let requests: readonly FuzzedRequest[];
  const accepted = { count: 0 };
  const statuses: Record<string, number> = {};
  const wrong: string[] = [];

  beforeAll(async () => {
    // The first job keeps the only worker busy: what is accepted after it costs next to nothing.
    program = await ImprestProgram.create({
      SIMULATOR_LATENCY_MS: '600000',
      SYNC_WAIT_SECONDS: '1',
      IMPREST_WORKER_KEY: WORKER_KEY,
    });
    await program.start();
    const { url, adminKey } = program;
    const bystander = await createTenant(url, adminKey, 10);
    payer = await createTenant(url, adminKey, TOKENS);
    clients = {
      tenantKey: payer.client,
      operatorKey: new ApiClient(url, adminKey),
      workerKey: new ApiClient(url, WORKER_KEY),
    };
    const first = { endUserEmail: 'ada@example.com', prompt: 'A red bicycle' };
    const { body: generation } = await payer.client.post('/v1/generations', first);
    accepted.count += 1;
    const order = { package: 'trial', provider: 'manual' };
    const { body: topUp } = await bystander.client.post('/v1/top-ups', order);
    const ids = {
      '{id}': generation.requestId,
      '{jobId}': generation.requestId,
      '{email}': first.endUserEmail,
      '{tenantId}': bystander.id,
      '{keyId}': bystander.keyId,
      '{provider}': 'manual',
      '{index}': '0',
      '/admin/v1/top-ups/{id}/payments {id}': topUp.id,
      '/admin/v1/top-ups/{id}/refunds {id}': topUp.id,
      '/admin/v1/top-ups/{id}/review {id}': topUp.id,
    };
    requests = fuzzedRequests(ids, COUNT, SEED);
  });

  afterAll(async () => {
    await program?.kill();
    await program?.dispose();
  });

  async function send({ operation, address, body, mediaType }: FuzzedRequest): Promise<void> {
    const { operationId, method, security } = operation;
    const [kind = 'tenantKey'] = security.flatMap((way) => Object.keys(way));
    const what = () => `${operationId} ${address} ${mediaType} ${JSON.stringify(body)}`;
    try {
      const { status } = await clients[kind]!.raw(method, address, body, {
        'content-type': mediaType,
      });
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status < 300 && CHARGED.includes(operationId)) accepted.count += 1;
      if (status >= 500) wrong.push(`${status}: ${what()}`);
    } catch (error) {
      wrong.push(`${error}: ${what()}`);
    }
  }

  it('are answered as described, and never by a failure of ours', async () => {
    const waiting = requests.values();
    const lane = async () => {
      for (const request of waiting) await send(request);
    };
    const began = performance.now();
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${requests.length} in ${seconds} s, accepted ${accepted.count}`, statuses);
    expect({ wrong, printed: wrong.length > 0 ? program.output : '' }).toEqual({
      wrong: [],
      printed: '',
    });
  }, 300_000);

  it('debit what was accepted and nothing else', async () => {
    const generations: { cost: { xTokens: number; refunded: number } }[] = [];
    await expect
      .poll(
        async () => {
          generations.length = 0;
          for (let cursor: string | null = ''; cursor !== null; ) {
            const { body } = await payer.client.get(
              `/v1/generations?limit=100${cursor && `&cursor=${cursor}`}`,
            );
            generations.push(...body.generations);
            cursor = body.nextCursor;
          }
          return generations.length;
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(accepted.count);
    const spent = generations.reduce((sum, { cost }) => sum + cost.xTokens - cost.refunded, 0);
    const { body: balance } = await payer.client.get('/v1/balance');
    expect(balance.available).toBe(TOKENS - spent);
  });
});
