import { fileURLToPath } from 'node:url';
import { apiKeyScopes } from '@imprest/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import type { DescribedOperation } from '../support/api-document.js';
import {
  type FuzzedRequest,
  fuzzedRequests,
  type KnownIds,
} from '../support/fuzz/fuzzed-requests.js';
import { shownBodies } from '../support/fuzz/shown-bodies.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { LocalHttpServer } from '../support/local-http-server.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const COUNT = Number(process.env.FUZZ_COUNT ?? 20_000);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const LIMITS = new URL('../support/fuzz/rate-limits.yaml', import.meta.url);
const AT_ONCE = 8;
const TOKENS = 800;
const WORKER_KEY = 'a-worker-key-of-the-fuzz-trial-0123456789';

/** One pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** These cost tokens when they are accepted. */
const CHARGED = [
  'createGeneration',
  'rerunGeneration',
  'createImages',
  'editImages',
  'createUncensoredImage',
  'generateCharacterImage',
  'generateCharacterVideo',
];

/** Examples of what only comes after something else, which tests of their own bring about. */
const NEEDS_MORE: Readonly<Record<string, number>> = {
  'createGeneration video': 409,
  'generateCharacterVideo clip': 409,
  'orderTopUp checkout': 400,
  'refundTopUp part': 409,
  'closeModelBreaker mended': 404,
  'decideReview credit': 409,
  'retryParkedStream reason': 404,
  'skipParkedEvent reason': 404,
  'heartbeatLease half': 409,
  'reportIdentity short': 409,
  'recoverWebhookMessages outage': 409,
  'reportOutcome failed': 409,
  'withdrawInvitation reason': 404,
  'changeMemberRole viewer': 404,
  'removeMember reason': 404,
  'rebuildProjection reason': 404,
  'rollBackProjection reason': 404,
  'switchProjection reason': 404,
  'openModerationCase report': 404,
  'decideModerationCase uphold': 404,
  'unblurMedia one': 404,
  'reopenModerationCase appeal': 404,
  'takeDown takedown': 404,
};

describe(`bodies made from the schemas (FUZZ_SEED=${SEED} FUZZ_COUNT=${COUNT})`, () => {
  let hooks: LocalHttpServer;
  let program: ImprestProgram;
  let payer: TestTenant;
  let clients: Readonly<Record<string, ApiClient>>;
  let ids: KnownIds;
  let requests: readonly FuzzedRequest[];
  const accepted = { count: 0 };
  const statuses: Record<string, number> = {};
  const wrong: string[] = [];

  beforeAll(async () => {
    hooks = await LocalHttpServer.start();
    // The first job keeps the only worker busy: what is accepted after it costs next to nothing.
    program = await ImprestProgram.create({
      SIMULATOR_LATENCY_MS: '600000',
      SYNC_WAIT_SECONDS: '1',
      IMPREST_RATE_LIMITS: fileURLToPath(LIMITS),
      IMPREST_WORKER_KEY: WORKER_KEY,
    });
    await program.start();
    const { url, adminKey } = program;
    const bystander = await createTenant(url, adminKey, 10);
    payer = await createTenant(url, adminKey, TOKENS, { scopes: apiKeyScopes });
    clients = {
      tenantKey: payer.client,
      operatorKey: new ApiClient(url, adminKey),
      workerKey: new ApiClient(url, WORKER_KEY),
    };
    const first = { endUserEmail: 'ada@example.com', prompt: 'A red bicycle' };
    const desk = { email: 'ada@example.org', roles: ['finance'], reason: 'joined the desk' };
    const { body: person } = await clients.operatorKey!.post('/admin/v1/users', desk);
    const mira = { model_id: 'realistic-sharp', name: 'Mira', traits: { age: 34 } };
    const { body: character } = await payer.client.post('/v1/characters', mira);
    const keys = `/admin/v1/tenants/${bystander.id}/keys`;
    const { body: key } = await clients.operatorKey!.post(keys, { name: 'to rotate' });
    const { body: own } = await payer.client.post('/v1/keys', { name: 'to rotate' });
    const { body: doomed } = await payer.client.post('/v1/keys', { name: 'to revoke' });
    const { body: generation } = await payer.client.post('/v1/generations', first);
    accepted.count += 1;
    const order = { package: 'studio', provider: 'manual' };
    const { body: topUp } = await bystander.client.post('/v1/top-ups', order);
    const form = new FormData();
    form.append('file', new Blob([PNG]), 'dot.png');
    const { body: reference } = await payer.client.post('/v1/references', form);
    const hook = { url: `${hooks.url}/told`, events: ['generation.completed'], scheme: 'standard' };
    const { body: endpoint } = await payer.client.post('/v1/webhook-endpoints', hook);
    const worker = { session: 'trial', slots: 1, providers: ['nowhere'] };
    await clients.workerKey!.call('PUT', '/worker/v1/workers/gpu-of-the-trial', worker);
    ids = {
      '{id}': generation.requestId,
      '{jobId}': generation.requestId,
      '{email}': first.endUserEmail,
      '{tenantId}': bystander.id,
      '{keyId}': bystander.keyId,
      '{workerId}': 'gpu-of-the-trial',
      '{userId}': person.userId,
      '{provider}': 'manual',
      '{index}': '0',
      '{character_id}': character.character_id,
      '/v1/keys/{id}/budget {id}': own.id,
      '/v1/keys/{id}/revoke {id}': doomed.id,
      '/v1/keys/{id}/rotate {id}': own.id,
      '/v1/references/{id}/consent {id}': reference.id,
      '/v1/webhook-endpoints/{id} {id}': endpoint.id,
      '/v1/webhook-endpoints/{id}/recover {id}': endpoint.id,
      '/v1/webhook-endpoints/{id}/secret/rotate {id}': endpoint.id,
      '/v1/webhook-endpoints/{id}/test {id}': endpoint.id,
      '/admin/v1/tenants/{tenantId}/keys/{keyId}/rotate {keyId}': key.id,
      '/admin/v1/top-ups/{id}/payments {id}': topUp.id,
      '/admin/v1/top-ups/{id}/refunds {id}': topUp.id,
      '/admin/v1/top-ups/{id}/review {id}': topUp.id,
    };
    requests = fuzzedRequests(ids, COUNT, SEED);
  });

  afterAll(async () => {
    await program?.kill();
    await program?.dispose();
    await hooks?.stop();
  });

  function clientOf({ security }: DescribedOperation): ApiClient {
    const [kind = 'tenantKey'] = security.flatMap((way) => Object.keys(way));
    return clients[kind] as ApiClient;
  }

  async function send({ operation, address, body, mediaType }: FuzzedRequest): Promise<void> {
    const { operationId, method } = operation;
    const what = () => `${operationId} ${address} ${mediaType} ${JSON.stringify(body)}`;
    try {
      const { status } = await clientOf(operation).raw(method, address, body, {
        'content-type': mediaType,
      });
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status < 300 && CHARGED.includes(operationId)) accepted.count += 1;
      if (status >= 500) wrong.push(`${status}: ${what()}`);
    } catch (error) {
      wrong.push(`${error}: ${what()}`);
    }
  }

  it('are taken where the document shows them', async () => {
    const refused: string[] = [];
    for (const { name, operation, address, body } of shownBodies(ids, hooks.url)) {
      const answer = await clientOf(operation).call(operation.method, address, body);
      if (answer.status < 300 && CHARGED.includes(operation.operationId)) accepted.count += 1;
      const isExpected = answer.status < 300 || answer.status === NEEDS_MORE[name];
      if (!isExpected) refused.push(`${name} ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    expect(refused).toEqual([]);
  });

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
